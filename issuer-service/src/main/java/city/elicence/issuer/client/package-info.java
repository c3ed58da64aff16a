/** Which client sends a request to the authorization server, and how it proves it (RFC 6749 §2.3, §3.2.1). */
@NullMarked
package city.elicence.issuer.client;

import org.jspecify.annotations.NullMarked;
