/** The city at a glance: one page with the addresses of all others. */
@NullMarked
package city.elicence.city.portal;

import org.jspecify.annotations.NullMarked;
