/** Step 4: who asked what for which purpose, and what came of it. */
@NullMarked
package city.elicence.verifier.audit;

import org.jspecify.annotations.NullMarked;
