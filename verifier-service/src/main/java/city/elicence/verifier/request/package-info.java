/** Step 1: a check becomes a signed request (OpenID4VP 1.0 §5). */
@NullMarked
package city.elicence.verifier.request;

import org.jspecify.annotations.NullMarked;
