/** What must not be read from a stolen database is sealed here before it gets there. */
@NullMarked
package city.elicence.web.vault;

import org.jspecify.annotations.NullMarked;
