package city.elicence.credentials.trust;

import city.elicence.credentials.status.StatusList;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A status list whose token was verified, and whose it is. {@code issuedAt} is the token's own time: it, not the time of fetching,
 * says how old the knowledge is. The token is kept for offline snapshots; the list is not to be changed.
 */
public record StatusKnowledge(
        URI uri,
        Did signedBy,
        StatusList list,
        Instant issuedAt,
        @Nullable Instant expires,
        Instant fetchedAt,
        Anchoring anchoring,
        String token) {
    /** How a status list stands to the version that its issuer anchored on the ledger. */
    public enum Anchoring {
        /** The very version that is anchored. */
        ANCHORED,
        /** Younger than the anchored one: the ledger lags, which stops nobody. */
        NEWER,
        /** Older than the anchored one: it was replaced, or is being withheld. */
        OLDER,
        /** Nothing is known from the ledger about this list. */
        UNKNOWN
    }
}
