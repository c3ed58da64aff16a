package city.elicence.verifier.decide;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as it is kept.
 *
 * @param code the stable code of the refusal or the wallet's own error code; null when accepted
 * @param sentence one sentence for the wallet and for logs, without any claim's value
 * @param report what was checked and what was not, as JSON
 * @param claims what was shown, by credential query; empty unless accepted
 * @param trustAsOf the age of the view of the ledger that it rests on; null when nothing was shown
 */
public record VerdictRow(
        Outcome outcome,
        @Nullable String code,
        String sentence,
        Map<String, Object> report,
        Map<String, Object> claims,
        @Nullable Instant trustAsOf,
        Instant decidedAt) {

    /** How a check ends. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        /** The wallet or its holder said no. */
        DECLINED;

        /** As it is written in the row and in the API. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(String text) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.text().equals(text))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public VerdictRow {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(sentence);
    }

    /** As read back, without claims: the sentence is the report's own. */
    static VerdictRow stored(
            Outcome outcome,
            @Nullable String code,
            Map<String, Object> report,
            @Nullable Instant trustAsOf,
            Instant decidedAt) {
        Object sentence = report.get("sentence") instanceof Map<?, ?> both ? both.get("en") : outcome.text();
        return new VerdictRow(outcome, code, String.valueOf(sentence), report, Map.of(), trustAsOf, decidedAt);
    }
}
