/** The HTTP door of every service: limits, headers, staff sign-in, errors, and the one look of the pages. */
@NullMarked
package city.elicence.web;

import org.jspecify.annotations.NullMarked;
