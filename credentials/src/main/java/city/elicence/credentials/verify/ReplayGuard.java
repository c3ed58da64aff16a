package city.elicence.credentials.verify;

import java.time.Instant;

/** Remembers what was shown. A verifier of several processes keeps it in its database. */
public interface ReplayGuard {
    /**
     * Whether this is the first time that this presentation is seen, and remembers it until {@code until}. The key is a digest of
     * what the holder signed, not of the signature, of which a stranger can make a second form.
     */
    boolean firstSeen(String key, Instant until, Instant now);
}
