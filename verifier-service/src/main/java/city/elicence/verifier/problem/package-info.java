/** What can go wrong in a step, as values. */
@NullMarked
package city.elicence.verifier.problem;

import org.jspecify.annotations.NullMarked;
