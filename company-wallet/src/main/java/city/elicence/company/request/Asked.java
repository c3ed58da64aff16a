package city.elicence.company.request;

import city.elicence.wallet.present.Consent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that reached a company, and what became of it.
 *
 * @param verifier who asks: the DID, or the client identifier of a stranger
 * @param code why it was refused, else null
 * @param consentId the standing consent under which it was answered, else null
 * @param decidedBy who decided, null while it waits or when a consent did
 * @param signedBy who has signed so far, where several must
 * @param open the question itself while it can be answered, else null
 */
public record Asked(
        String id,
        String verifier,
        String verifierZh,
        String verifierEn,
        State state,
        @Nullable String code,
        @Nullable String consentId,
        @Nullable String decidedBy,
        Instant receivedAt,
        @Nullable Instant decidedAt,
        List<String> signedBy,
        @Nullable Consent open) {
    public Asked {
        signedBy = List.copyOf(signedBy);
    }

    /** How a request stands. */
    public enum State {
        WAITING,
        ANSWERED,
        DENIED,
        REFUSED;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
