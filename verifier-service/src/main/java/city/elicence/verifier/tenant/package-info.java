/** Relying parties: a row, a key and a chain each. */
@NullMarked
package city.elicence.verifier.tenant;

import org.jspecify.annotations.NullMarked;
