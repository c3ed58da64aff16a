/** Proofs that come with a request and may be used once: DPoP (RFC 9449) and server nonces. */
@NullMarked
package city.elicence.issuer.proof;

import org.jspecify.annotations.NullMarked;
