package city.elicence.issuer.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application for a licence.
 *
 * @param evidenceTypes ids of the types that evidence is of
 * @param wanted ids of the credential queries that must still be answered; none when the evidence is whole
 * @param showings oldest first
 */
public record Application(
        String id,
        String type,
        String openedBy,
        Instant openedAt,
        Instant expiresAt,
        boolean closed,
        List<String> evidenceTypes,
        List<String> wanted,
        List<Showing> showings) {

    /**
     * One question to a wallet and what came of it.
     *
     * @param outcome waiting, good or refused
     * @param code why it was refused, or null
     * @param verdict what was checked, of which issuer, with the digest of each credential: never what it said
     */
    public record Showing(
            String check,
            List<String> credentials,
            String link,
            String qr,
            String outcome,
            @Nullable String code,
            @Nullable Map<String, Object> verdict,
            Instant askedAt,
            @Nullable Instant decidedAt) {
        public Showing {
            credentials = List.copyOf(credentials);
        }
    }

    public Application {
        evidenceTypes = List.copyOf(evidenceTypes);
        wanted = List.copyOf(wanted);
        showings = List.copyOf(showings);
    }

    public boolean whole() {
        return wanted.isEmpty();
    }
}
