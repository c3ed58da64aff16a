/** The main job, played step by step: what {@code ./elicence demo} shows. */
@NullMarked
package city.elicence.city.demo;

import org.jspecify.annotations.NullMarked;
