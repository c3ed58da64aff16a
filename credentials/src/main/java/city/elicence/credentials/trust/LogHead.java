package city.elicence.credentials.trust;

import java.time.Instant;

/** The head of an issuer's log as anchored: size, root (base64url of SHA-256), and when the ledger took it. */
public record LogHead(Did did, long size, String root, Instant at) {
    public LogHead {
        if (size < 0 || root.length() != 43) {
            throw new IllegalArgumentException("expected a size and a root of 32 bytes in base64url");
        }
    }
}
