/** Step 3: what was answered becomes a verdict (OpenID4VP 1.0 §8.6). */
@NullMarked
package city.elicence.verifier.decide;

import org.jspecify.annotations.NullMarked;
