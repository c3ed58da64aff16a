package city.elicence.issuer.evidence;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verifier at which an authority is a relying party like any other: it asks, looks, and lets what was shown be forgotten. */
public interface EvidenceChecks {
    /**
     * A question that waits for a wallet.
     *
     * @param link opens a wallet
     * @param qr address of its picture, or the picture itself as a {@code data:} URI
     */
    record Asked(String check, String link, String qr) {}

    /** What became of a question. */
    sealed interface Answer {
        record Waiting() implements Answer {}

        /** Refused, declined, expired or deleted. */
        record Refused(String code, Map<String, Object> report) implements Answer {}

        /**
         * Every check passed.
         *
         * @param claims what was shown, by credential query
         */
        record Accepted(Map<String, List<Map<String, Object>>> claims, Map<String, Object> report) implements Answer {}
    }

    /**
     * Asks.
     *
     * @param query a DCQL query (OpenID4VP 1.0 §6)
     * @param returnTo where the wallet sends the browser of the same device back to; null for a wallet on another device
     * @throws VerifierUnreachable when it does not answer, or not as it must
     */
    Asked ask(String tenant, Map<String, Object> query, String purpose, @Nullable URI returnTo);

    Answer look(String tenant, String check);

    /** Vouches that the browser that the question was asked in came back with this response code (OpenID4VP 1.0 §14.2). */
    void returned(String tenant, String check, String responseCode);

    /** Lets the verifier forget what was shown. */
    void forget(String tenant, String check);

    /** The verifier does not answer, or says no to the question itself. */
    final class VerifierUnreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public VerifierUnreachable(String text, @Nullable Throwable cause) {
            super(text, cause);
        }
    }

    /** Licences that require evidence are issued without any: for tests and closed trials alone. */
    static EvidenceChecks dangerouslyNone() {
        return new NoEvidence();
    }
}
