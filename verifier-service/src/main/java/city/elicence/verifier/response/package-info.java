/** Step 2: a wallet's answer is taken in once (OpenID4VP 1.0 §8). */
@NullMarked
package city.elicence.verifier.response;

import org.jspecify.annotations.NullMarked;
