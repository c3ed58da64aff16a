/** A citizen's phone: a thin screen over the wallet SDK, with the phone's own parts behind its ports. */
@NullMarked
package city.elicence.android;

import org.jspecify.annotations.NullMarked;
