package city.elicence.issuer.standing;

import city.elicence.issuer.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the tokens of a list are dated ({@code iat}, in whole seconds). It is the version that the ledger has of the list, so it
 * does not go back behind one that is there or on its way. Behind one that is not, it does: this is how the tokens that were
 * signed while the clock stood ahead, and that relying parties refuse, are replaced once the clock is put right.
 */
public final class TokenTimes {
    /** How far tokens may be dated ahead of the clock: less than relying parties' clocks are expected to differ. */
    public static final Duration AHEAD_AT_MOST = Duration.ofSeconds(20);

    private TokenTimes() {}

    /** Whether a token is dated so far ahead that relying parties refuse it as not yet issued. */
    public static boolean isAhead(Instant at, Instant now) {
        return at.isAfter(now.truncatedTo(ChronoUnit.SECONDS).plus(AHEAD_AT_MOST));
    }

    /**
     * The time of a list's next token: later than the last one's. Many changes in one second run ahead of the clock, but never
     * further than a verifier's clock may differ.
     *
     * @param last the time of the list's token, or null where it has none yet
     */
    public static Instant next(Rows rows, String tenant, int list, @Nullable Instant last, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Instant known = last != null && isAhead(last, now) ? anchored(rows, tenant, list, last) : last;
        if (known == null || known.isBefore(second)) {
            return second;
        }
        Instant next = known.plusSeconds(1);
        return last == null || !isAhead(next, now) ? next : last;
    }

    /**
     * Whether relying parties refuse the list for now whatever is signed: the ledger has, or is about to have, a version of it
     * that is dated ahead.
     *
     * @param last as of {@link #next}
     */
    public static boolean isHeldAhead(Rows rows, String tenant, int list, @Nullable Instant last, Instant now) {
        return isAhead(next(rows, tenant, list, last, now), now);
    }

    /** The time of the list's newest version on the ledger, if any; while one is on its way, of the last one that was made. */
    private static @Nullable Instant anchored(Rows rows, String tenant, int list, Instant last) {
        boolean underWay = rows.one(
                        "select 1 from outbox where tenant = $1 and kind = 'status' and list = $2 and sent_at is null limit 1",
                        tenant,
                        list)
                .isPresent();
        return underWay
                ? last
                : rows.one(
                                "select version from status_head where tenant = $1 and list = $2 order by version desc limit 1",
                                tenant,
                                list)
                        .map(row -> Instant.ofEpochSecond(row.getLong("version")))
                        .orElse(null);
    }
}
