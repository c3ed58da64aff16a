/** Keys of the phone. */
@NullMarked
package city.elicence.android.keys;

import org.jspecify.annotations.NullMarked;
