package city.elicence.issuer.status;

import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a clerk revokes, suspends and resumes. One transaction holds the licence's state, the bit of every copy, the list's
 * next version with its signed token, what the ledger is to be told, and the audit row: there is no moment at which one of
 * them says something else than the others, and no ledger that a clerk waits for.
 */
public final class StatusDesk {
    private static final Duration AHEAD_AT_MOST = Duration.ofSeconds(20);

    private final Store store;
    private final StatusPublisher publisher;

    public StatusDesk(Store store, StatusPublisher publisher) {
        this.store = store;
        this.publisher = publisher;
    }

    public LicenceState change(Tenant tenant, String clerk, String licence, StatusChange change, Instant now) {
        return store.transaction(rows -> change(rows, tenant, clerk, licence, change, now));
    }

    /** The same in a transaction that the caller ends. */
    LicenceState change(Rows rows, Tenant tenant, String clerk, String licence, StatusChange change, Instant now) {
        Row row = rows.one("select state from licence where id = $1 and tenant = $2 for update", licence, tenant.id())
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such licence"));
        LicenceState state = LicenceState.valueOf(row.getString("state"));
        if (!change.act().possibleFrom(state)) {
            throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "the licence is " + lower(state) + " already");
        }
        LicenceState next = change.act().leadsTo();
        rows.change(
                "update licence set state = $3, reason = $4, changed_at = $5 where id = $1 and tenant = $2",
                licence,
                tenant.id(),
                next.name(),
                change.reason(),
                now);
        mark(rows, tenant, licence, next, now);
        rows.change(
                "insert into audit (tenant, at, actor, act, licence_id, reason) values ($1, $2, $3, $4, $5, $6)",
                tenant.id(),
                now,
                clerk,
                change.act().name().toLowerCase(Locale.ROOT),
                licence,
                change.reason());
        return next;
    }

    /** Sets the bits of every copy, list by list in ascending order, so that two clerks never wait for each other. */
    private void mark(Rows rows, Tenant tenant, String licence, LicenceState state, Instant now) {
        Map<Integer, List<Integer>> slots =
                rows.all("select list, slot from copy where licence_id = $1", licence).stream()
                        .collect(Collectors.groupingBy(
                                r -> r.getInteger("list"),
                                TreeMap::new,
                                Collectors.mapping(r -> r.getInteger("slot"), Collectors.toList())));
        slots.forEach((list, places) -> mark(rows, tenant, list, places, state, now));
    }

    private void mark(Rows rows, Tenant tenant, int list, List<Integer> places, LicenceState state, Instant now) {
        Row row = rows.one(
                        "select bits, entries, version, token_at from status_list where tenant = $1 and list = $2 for update",
                        tenant.id(),
                        list)
                .orElseThrow();
        StatusList content;
        try {
            content = StatusList.decompress(row.getShort("bits"), Rows.bytes(row, "entries"));
        } catch (StatusException unreadable) {
            throw new IllegalStateException("a status list's row does not read", unreadable);
        }
        places.forEach(place -> content.set(place, state.code()));
        long version = row.getLong("version") + 1;
        Instant tokenAt = after(Rows.optInstant(row, "token_at"), now);
        rows.change(
                """
                update status_list set entries = $3, version = $4, token = $5, token_at = $6
                where tenant = $1 and list = $2
                """,
                tenant.id(),
                list,
                content.compress(),
                version,
                publisher.sign(tenant, list, content, tokenAt),
                tokenAt);
        rows.change(
                "insert into outbox (tenant, kind, list, version, at) values ($1, 'status', $2, $3, $4)",
                tenant.id(),
                list,
                version,
                now);
    }

    /**
     * The time of a list's next token: later than the last one's, for the ledger tells versions apart by it. Many changes in one
     * second run ahead of the clock, but never further than a verifier's clock may differ.
     */
    private static Instant after(@Nullable Instant last, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (last == null || last.isBefore(second)) {
            return second;
        }
        Instant next = last.plusSeconds(1);
        return next.isAfter(second.plus(AHEAD_AT_MOST)) ? last : next;
    }

    private static String lower(LicenceState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
