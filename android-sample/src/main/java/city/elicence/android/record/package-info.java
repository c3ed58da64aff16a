/** What happened, what can be kept elsewhere, and how the phone is set up. */
@NullMarked
package city.elicence.android.record;

import org.jspecify.annotations.NullMarked;
