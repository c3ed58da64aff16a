/** First start of a city: its folder, its certificate authorities and keys, its parties. */
@NullMarked
package city.elicence.city.setup;

import org.jspecify.annotations.NullMarked;
