/** The regulator's observer: follows the ledger by itself, believes nobody, sees nobody's licence. */
@NullMarked
package city.elicence.city.observe;

import org.jspecify.annotations.NullMarked;
