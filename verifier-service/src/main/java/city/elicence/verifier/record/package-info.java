/** A check on paper: a signed PDF of what was asked, shown and found. */
@NullMarked
package city.elicence.verifier.record;

import org.jspecify.annotations.NullMarked;
