package city.elicence.issuer.issue;

import city.elicence.issuer.vault.Digest;
import java.time.Instant;

/**
 * A signed copy of a licence.
 *
 * @param credential as OpenID4VCI 1.0 annex A hands it over: an SD-JWT VC, or base64url of an mdoc's IssuerSigned
 * @param signedDigest SHA-256 of what the issuer signed, for its log
 */
record Copy(String credential, Digest signedDigest, Instant expiresAt) {}
