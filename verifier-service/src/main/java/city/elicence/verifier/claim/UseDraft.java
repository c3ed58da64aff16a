package city.elicence.verifier.claim;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.use.UseEntry;
import city.elicence.credentials.use.UseEntry.Act;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a relying party wants to have registered.
 *
 * @param clientKey the client's own key: the same one again is the same use, never a second
 * @param checkId the accepted check in which the licence was shown; for a later act, empty
 * @param query which of the credentials shown, by credential query; null where only one can be used
 * @param ofClaim the earlier claim that a later act is about
 * @param amount how much; null for all that is left, or all of the earlier claim
 * @param holdFor how long a reservation is held
 * @param rank the rank that a use is to have, or it is refused; null for the next one, whichever it is
 */
public record UseDraft(
        String tenant,
        String askedBy,
        String clientKey,
        Act act,
        String checkId,
        @Nullable String query,
        @Nullable String ofClaim,
        @Nullable Long amount,
        @Nullable Duration holdFor,
        @Nullable Integer rank) {
    private static final Duration LONGEST_HOLD = Duration.ofDays(90);

    public UseDraft {
        if (clientKey.isBlank() || clientKey.length() > 128) {
            throw malformed("Idempotency-Key: 1 to 128 characters, of your own choice");
        }
        if (amount != null && (amount < 1 || amount >= 1L << 48)) {
            throw malformed("amount: 1 to 2^48 - 1, in fen");
        }
        if (rank != null && (rank < 1 || rank > UseEntry.MOST_LINES || act != Act.USE || ofClaim != null)) {
            throw malformed("rank: 1 to " + UseEntry.MOST_LINES + ", with a use and only then");
        }
        if ((act == Act.RESERVE) != (holdFor != null)) {
            throw malformed("hold_for: with a reservation and only then");
        }
        if (holdFor != null && (holdFor.toSeconds() < 60 || holdFor.compareTo(LONGEST_HOLD) > 0)) {
            throw malformed("hold_for: 60 to " + LONGEST_HOLD.toSeconds() + " seconds");
        }
    }

    /** What makes two calls with one key the same call. */
    String canonical() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("act", act.name());
        all.put("check", checkId);
        all.put("query", String.valueOf(query));
        all.put("of", String.valueOf(ofClaim));
        all.put("amount", String.valueOf(amount));
        all.put("hold", String.valueOf(holdFor));
        if (rank != null) {
            all.put("rank", String.valueOf(rank));
        }
        return Json.writeSorted(all);
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed("expected " + expected));
    }
}
