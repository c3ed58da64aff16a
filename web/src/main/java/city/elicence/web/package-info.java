/** The HTTP door of every service: limits, headers, staff sign-in, errors, and the one look of the pages. */
@org.jspecify.annotations.NullMarked
package city.elicence.web;
