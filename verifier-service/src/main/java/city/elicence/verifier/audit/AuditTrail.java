package city.elicence.verifier.audit;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Step 4. The rows of asking, answering, deciding and deleting are written by the database in the same transaction as the
 * step's own row; here are the two that no step writes, and the reading.
 */
public final class AuditTrail {
    private static final List<String> COLUMNS =
            List.of("tenant", "check_id", "event", "actor", "purpose", "asked", "outcome", "code");

    private final Pool pool;
    private final Clock clock;

    public AuditTrail(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Somebody was shown the claims of a check: once for each reader. */
    public void claimsRead(String tenant, String checkId, String actor) {
        pool.preparedQuery("""
                        insert into audit (at, tenant, check_id, event, actor)
                        select $1::timestamptz, $2::text, $3::text, 'claims_read', $4::text
                        where not exists (select 1 from audit
                          where tenant = $2 and check_id = $3 and event = 'claims_read' and actor = $4)""").execute(Tuple.of(now(), tenant, checkId, actor)).await();
    }

    /** Somebody checked an offline code. */
    public void offlineDecided(String tenant, String actor, String purpose, String asked, Decision decision) {
        pool.preparedQuery("""
                        insert into audit (at, tenant, event, actor, purpose, asked, outcome, code)
                        values ($1, $2, 'offline_decided', $3, $4, $5, $6, $7)""")
                .execute(Tuple.of(now(), tenant, actor, purpose, asked, decision.outcome(), decision.code()))
                .await();
    }

    /** What came of an offline code. */
    public record Decision(String outcome, @Nullable String code) {}

    /** Rows after a sequence number, oldest first; of one relying party or of all. */
    public List<Map<String, Object>> after(@Nullable String tenant, long seq, int limit) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row :
                pool.preparedQuery("""
                        select seq, at, tenant, check_id, event, actor, purpose, asked, outcome, code from audit
                        where seq > $1 and ($2::text is null or tenant = $2) order by seq limit $3""").execute(Tuple.of(seq, tenant, limit)).await()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("seq", row.getLong("seq"));
            json.put("at", row.getOffsetDateTime("at").toInstant().toString());
            for (String column : COLUMNS) {
                String value = row.getString(column);
                if (value != null) {
                    json.put(column, value);
                }
            }
            rows.add(json);
        }
        return rows;
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
