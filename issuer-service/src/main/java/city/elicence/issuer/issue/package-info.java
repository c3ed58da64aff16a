/** Step 4: from an access token and key proofs to credentials, exactly once (OpenID4VCI 1.0 §7 to §10). */
@NullMarked
package city.elicence.issuer.issue;

import org.jspecify.annotations.NullMarked;
