/** Nonces, states, response codes and secrets, and the seal on what was shown. */
@NullMarked
package city.elicence.verifier.secret;

import org.jspecify.annotations.NullMarked;
