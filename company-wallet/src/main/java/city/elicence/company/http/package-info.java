/** The routes, and the one mapping of refusals to the outside. */
@NullMarked
package city.elicence.company.http;

import org.jspecify.annotations.NullMarked;
