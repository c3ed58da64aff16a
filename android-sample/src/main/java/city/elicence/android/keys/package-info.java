/** Keys that never leave the phone, and the holder's presence for each use. */
@NullMarked
package city.elicence.android.keys;

import org.jspecify.annotations.NullMarked;
