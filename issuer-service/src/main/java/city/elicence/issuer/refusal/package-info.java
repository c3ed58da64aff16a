/** Why the issuer says no: one sealed problem for each kind of no, mapped to HTTP in one place. */
@NullMarked
package city.elicence.issuer.refusal;

import org.jspecify.annotations.NullMarked;
