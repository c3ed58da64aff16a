package city.elicence.credentials.trust;

import java.net.URI;
import java.time.Instant;

/**
 * The version of a status list that its issuer anchored, and SHA-256 of the token's ASCII text, base64url. A version only
 * grows. Where it is the token's own time, iat in seconds, a verifier can also tell an older list from a newer one; a
 * counter tells it nothing.
 */
public record StatusHead(Did did, URI list, long version, String tokenSha256, Instant at) {
    public StatusHead {
        if (version < 0 || tokenSha256.length() != 43) {
            throw new IllegalArgumentException("expected a version and a SHA-256 in base64url");
        }
    }
}
