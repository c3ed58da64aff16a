/** Step 6: the Merkle log of what was issued, its heads and those of status lists on the ledger, receipts. */
@NullMarked
package city.elicence.issuer.anchor;

import org.jspecify.annotations.NullMarked;
