/** What a licence is worth, and the one way in which that changes: rows, status list and signed token together. */
@NullMarked
package city.elicence.issuer.standing;

import org.jspecify.annotations.NullMarked;
