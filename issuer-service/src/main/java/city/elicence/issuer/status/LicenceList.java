package city.elicence.issuer.status;

import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.standing.LicenceState;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was issued, as a clerk sees it. A search is for a whole word (a name, a number): the database holds only a keyed
 * digest of it, see docs/decisions.
 */
public final class LicenceList {
    private static final int PAGE = 50;

    private final Store store;
    private final Vault vault;

    public LicenceList(Store store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /**
     * A licence in a list.
     *
     * @param subject whom it is about, opened for this clerk
     * @param copies credentials that a wallet was given of it
     * @param anchored how many of them are in a log head on the ledger
     * @param walletSays what the wallet last told us became of it, or null
     */
    public record Entry(
            String id,
            String type,
            String subject,
            String state,
            @Nullable String reason,
            Instant issuedAt,
            Instant changedAt,
            int copies,
            int anchored,
            @Nullable String walletSays) {}

    /** One act on a licence. */
    public record Act(
            Instant at, String actor, String act, @Nullable String reason) {}

    /**
     * What to list.
     *
     * @param word a whole name or number, or null
     * @param type a type's id, or null
     * @param state or null
     * @param before only what was issued before; null for the newest
     */
    public record Query(
            @Nullable String word,
            @Nullable String type,
            @Nullable LicenceState state,
            @Nullable Instant before) {}

    /** At most {@value #PAGE} licences, newest first. */
    public List<Entry> find(Tenant tenant, Query query) {
        String word = query.word();
        return store
                .direct()
                .all(
                        SELECT + """
                                where l.tenant = $1
                                  and ($2::bytea is null or l.search @> array[$2::bytea])
                                  and ($3::text is null or l.type_id = $3)
                                  and ($4::text is null or l.state = $4)
                                  and ($5::timestamptz is null or l.issued_at < $5)
                                order by l.issued_at desc, l.id limit $6
                                """,
                        tenant.id(),
                        word == null ? null : vault.blind(tenant.id(), word),
                        query.type(),
                        query.state() == null ? null : query.state().name(),
                        query.before(),
                        PAGE)
                .stream()
                .map(row -> entry(tenant, row))
                .toList();
    }

    public Entry one(Tenant tenant, String id) {
        return store.direct()
                .one(SELECT + "where l.tenant = $1 and l.id = $2", tenant.id(), id)
                .map(row -> entry(tenant, row))
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such licence"));
    }

    /** How many licences were issued and revoked on a day. */
    public record Day(LocalDate day, long issued, long revoked) {}

    /** The last days up to today, those on which nothing happened among them, oldest first. */
    public List<Day> days(Tenant tenant, LocalDate today, int count, ZoneId zone) {
        return store.direct().all("""
                select d::date as day,
                    (select count(*) from licence l where l.tenant = $1
                        and l.issued_at >= d at time zone $4 and l.issued_at < (d + interval '1 day') at time zone $4) as issued,
                    (select count(*) from audit a where a.tenant = $1 and a.act = 'revoke'
                        and a.at >= d at time zone $4 and a.at < (d + interval '1 day') at time zone $4) as revoked
                from generate_series(($2::date - ($3::int - 1))::timestamp, $2::date::timestamp, interval '1 day') d order by d
                """, tenant.id(), today, count, zone.getId()).stream()
                .map(row -> new Day(row.getLocalDate("day"), row.getLong("issued"), row.getLong("revoked")))
                .toList();
    }

    /** What was done to a licence, oldest first. */
    public List<Act> history(Tenant tenant, String id) {
        List<Act> acts = new ArrayList<>();
        for (Row row : store.direct()
                .all(
                        "select at, actor, act, reason from audit where tenant = $1 and licence_id = $2 order by id",
                        tenant.id(),
                        id)) {
            acts.add(new Act(
                    Rows.instant(row, "at"), row.getString("actor"), row.getString("act"), row.getString("reason")));
        }
        return acts;
    }

    private static final String SELECT = """
            select l.id, l.type_id, l.subject, l.state, l.reason, l.issued_at, l.changed_at,
                (select count(*) from copy c where c.licence_id = l.id)::int as copies,
                (select count(*) from copy c where c.licence_id = l.id and c.log_index < coalesce((select max(size)
                    from log_head h where h.tenant = l.tenant and h.sent_at is not null), 0))::int as anchored,
                (select event from issuance i where i.licence_id = l.id and event is not null
                    order by event_at desc limit 1) as event
            from licence l
            """;

    private Entry entry(Tenant tenant, Row row) {
        String id = row.getString("id");
        return new Entry(
                id,
                row.getString("type_id"),
                vault.open(tenant.id() + "/subject/" + id, Rows.bytes(row, "subject")),
                row.getString("state").toLowerCase(Locale.ROOT),
                row.getString("reason"),
                Rows.instant(row, "issued_at"),
                Rows.instant(row, "changed_at"),
                row.getInteger("copies"),
                row.getInteger("anchored"),
                row.getString("event"));
    }
}
