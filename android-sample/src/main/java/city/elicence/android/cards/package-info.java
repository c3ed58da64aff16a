/** The licences that are held, and the first start. */
@NullMarked
package city.elicence.android.cards;

import org.jspecify.annotations.NullMarked;
