/** Loads that are measured: what {@code ./elicence bench} runs. */
@NullMarked
package city.elicence.city.bench;

import org.jspecify.annotations.NullMarked;
