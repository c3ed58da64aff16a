/** Nonces, states, response codes and secrets. */
@NullMarked
package city.elicence.verifier.secret;

import org.jspecify.annotations.NullMarked;
