/** A citizen's phone: a thin screen over the wallet SDK. */
@NullMarked
package city.elicence.android;

import org.jspecify.annotations.NullMarked;
