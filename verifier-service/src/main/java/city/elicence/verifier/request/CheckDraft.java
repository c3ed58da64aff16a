package city.elicence.verifier.request;

import city.elicence.credentials.json.Json;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to check, before anything is made of it.
 *
 * @param tenant the relying party that asks
 * @param askedBy the clerk or back end, for the audit trail
 * @param preset the named check it came from, or null for a query of one's own
 * @param purpose what it is for
 * @param dcql the query, with whole {@code vct} addresses
 * @param transactionData JSON objects that the holder is to authorise (OpenID4VP 1.0 §8.4), mostly none
 * @param options how to ask
 */
public record CheckDraft(
        String tenant,
        String askedBy,
        @Nullable String preset,
        String purpose,
        Map<String, Object> dcql,
        List<Map<String, Object>> transactionData,
        Options options) {

    private static final int MOST_TRANSACTIONS = 8;

    public CheckDraft {
        if (purpose.isBlank() || purpose.length() > 300) {
            throw malformed("purpose: 1 to 300 characters");
        }
        if (transactionData.size() > MOST_TRANSACTIONS) {
            throw malformed("transaction_data: at most " + MOST_TRANSACTIONS + " objects");
        }
        dcql = Collections.unmodifiableMap(new LinkedHashMap<>(dcql));
        transactionData = List.copyOf(transactionData);
    }

    /**
     * How to ask.
     *
     * @param lifetime how long the request may be answered
     * @param retention how long the result is kept, from the request on
     * @param returnTo the relying party's own page for the same-device flow, or null for ours
     * @param idempotencyKey the caller's name for this one call, or null
     */
    public record Options(
            ResponseMode mode,
            ClientIdPrefix prefix,
            Flow flow,
            Duration lifetime,
            Duration retention,
            @Nullable URI returnTo,
            @Nullable String idempotencyKey) {
        private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
        private static final Duration LONGEST_RETENTION = Duration.ofDays(30);

        public Options {
            if (lifetime.compareTo(Duration.ofSeconds(5)) < 0 || lifetime.compareTo(LONGEST_LIFE) > 0) {
                throw malformed("expires_in: 5 to " + LONGEST_LIFE.toSeconds() + " seconds");
            }
            if (retention.compareTo(lifetime) < 0 || retention.compareTo(LONGEST_RETENTION) > 0) {
                throw malformed("keep_for: from expires_in to " + LONGEST_RETENTION.toSeconds() + " seconds");
            }
            if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > 128)) {
                throw malformed("Idempotency-Key: 1 to 128 characters");
            }
            if (returnTo != null
                    && (returnTo.getHost() == null || returnTo.toString().length() > 1024)) {
                throw malformed("return_to: an absolute web address");
            }
        }

        /** The usual way: encrypted, {@code x509_hash}, five minutes to answer, a day to read. */
        public static Options usual(Flow flow) {
            return new Options(
                    ResponseMode.DIRECT_POST_JWT,
                    ClientIdPrefix.X509_HASH,
                    flow,
                    Duration.ofMinutes(5),
                    Duration.ofDays(1),
                    null,
                    null);
        }
    }

    /** What makes two calls with one idempotency key the same call. */
    String canonical() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("preset", String.valueOf(preset));
        all.put("purpose", purpose);
        all.put("dcql", dcql);
        all.put("transaction_data", transactionData);
        all.put("mode", options.mode().text());
        all.put("prefix", options.prefix().text());
        all.put("flow", options.flow().text());
        all.put("lifetime", options.lifetime().toSeconds());
        all.put("retention", options.retention().toSeconds());
        all.put("return_to", String.valueOf(options.returnTo()));
        return Json.writeSorted(all);
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed(expected));
    }
}
