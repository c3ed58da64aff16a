/** The issuer's HTTP addresses: each reads a request, lets one step act, and writes the answer. */
@NullMarked
package city.elicence.issuer.http;

import org.jspecify.annotations.NullMarked;
