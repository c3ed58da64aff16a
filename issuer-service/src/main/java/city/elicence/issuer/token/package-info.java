/** Step 3: from a code to an access token (RFC 6749, 7636, 9126, 9207, 9449; OpenID4VCI 1.0 §5, §6). */
@NullMarked
package city.elicence.issuer.token;

import org.jspecify.annotations.NullMarked;
