/** What all screens share: one column, one look, one way to ask the wallet. */
@NullMarked
package city.elicence.android.screen;

import org.jspecify.annotations.NullMarked;
