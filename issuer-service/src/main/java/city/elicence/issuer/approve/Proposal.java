package city.elicence.issuer.approve;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An act that one clerk proposed and another approves or declines.
 *
 * @param content what would be done, as the API took it
 * @param decidedBy null while it waits
 */
public record Proposal(
        String id,
        Kind kind,
        Map<String, Object> content,
        String proposedBy,
        Instant proposedAt,
        Instant expiresAt,
        @Nullable String decidedBy,
        boolean approved) {

    /** What can be proposed. */
    public enum Kind {
        /** Licences of a type that needs two persons. */
        OFFER,
        /** The end of a batch that was issued by mistake. */
        RECALL
    }
}
