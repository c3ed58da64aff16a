/** Use once: what was shown and accepted is used, on the ledger, where the first wins. */
@NullMarked
package city.elicence.verifier.claim;

import org.jspecify.annotations.NullMarked;
