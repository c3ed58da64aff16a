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
        String token) {}
