package city.elicence.credentials.trust;

import java.net.URI;
import java.time.Instant;

/**
 * The version of a status list that its issuer anchored: the token's own time, {@code iat} in seconds, by which versions are
 * ordered, and SHA-256 of the token's ASCII text, base64url.
 */
public record StatusHead(Did did, URI list, long version, String tokenSha256, Instant at) {
    public StatusHead {
        if (version < 0 || tokenSha256.length() != 43) {
            throw new IllegalArgumentException("expected a version and a SHA-256 in base64url");
        }
    }
}
