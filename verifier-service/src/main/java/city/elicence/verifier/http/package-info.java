/** The routes, and the one mapping of problems to statuses and codes. */
@NullMarked
package city.elicence.verifier.http;

import org.jspecify.annotations.NullMarked;
