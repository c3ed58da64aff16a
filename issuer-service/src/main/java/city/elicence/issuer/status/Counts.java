package city.elicence.issuer.status;

import city.elicence.issuer.store.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the regulator may count: how many licences of a type an office issued and ended on a day, and how soon that was known. */
final class Counts {
    private static final int DAYS = 60;
    private static final int MOST_ROWS = 20_000;

    private Counts() {}

    static Map<String, Object> of(Rows rows, Instant now) {
        List<Map<String, Object>> issued = new ArrayList<>();
        for (Row row : rows.all("""
                select t.did, l.type_id, to_char(l.issued_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
                  count(*) as issued, count(*) filter (where l.state = 'REVOKED') as revoked,
                  count(*) filter (where l.state = 'SUSPENDED') as suspended
                from licence l join tenant t on t.id = l.tenant
                where l.issued_at > now() - make_interval(days => $1)
                group by 1, 2, 3 order by 3, 1, 2 limit $2""", DAYS, MOST_ROWS)) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("issuer", row.getString("did"));
            json.put("type", row.getString("type_id"));
            json.put("day", row.getString("day"));
            json.put("issued", row.getLong("issued"));
            json.put("revoked", row.getLong("revoked"));
            json.put("suspended", row.getLong("suspended"));
            issued.add(json);
        }
        List<Map<String, Object>> delays = new ArrayList<>();
        for (Row row : rows.all("""
                select t.did, count(*) as changes,
                  (1000 * avg(extract(epoch from o.sent_at - o.at)))::bigint as mean_ms,
                  (1000 * max(extract(epoch from o.sent_at - o.at)))::bigint as longest_ms
                from outbox o join tenant t on t.id = o.tenant
                where o.kind = 'status' and o.sent_at is not null and o.at > now() - make_interval(days => $1)
                group by 1 order by 1""", DAYS)) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("issuer", row.getString("did"));
            json.put("changes", row.getLong("changes"));
            json.put("mean_ms", row.getLong("mean_ms"));
            json.put("longest_ms", row.getLong("longest_ms"));
            delays.add(json);
        }
        List<Map<String, Object>> ahead = DatedAhead.now(rows, now).stream()
                .map(each -> Map.<String, Object>of(
                        "issuer",
                        each.did(),
                        "lists",
                        each.lists(),
                        "until",
                        each.until().toString()))
                .toList();
        return Map.of("issued", issued, "revocation_delays", delays, "status_dated_ahead", ahead);
    }
}
