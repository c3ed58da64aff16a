/** The seven systems of a city, each played through as a story: what {@code ./elicence demo SYSTEM} shows. */
@NullMarked
package city.elicence.city.story;

import org.jspecify.annotations.NullMarked;
