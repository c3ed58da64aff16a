/** Receipts that companies leave of what they showed: checked, kept beside the checks, and held against withdrawals. */
@NullMarked
package city.elicence.verifier.receipt;

import org.jspecify.annotations.NullMarked;
