package city.elicence.issuer.anchor;

import city.elicence.credentials.json.Base64Url;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far the ledger is behind a tenant's own books, for the desk. */
public final class AnchoringState {
    private final Store store;
    private final Anchoring anchoring;

    public AnchoringState(Store store, Anchoring anchoring) {
        this.store = store;
        this.anchoring = anchoring;
    }

    public Map<String, Object> of(Tenant tenant, Instant now) {
        Map<String, Object> state = new LinkedHashMap<>();
        Row waiting = store.direct()
                .one(
                        "select count(*) as n, min(at) as oldest from outbox where tenant = $1 and sent_at is null",
                        tenant.id())
                .orElseThrow();
        Instant oldest = Rows.optInstant(waiting, "oldest");
        state.put("waiting", waiting.getLong("n"));
        state.put(
                "lag_seconds",
                oldest == null ? 0L : Math.max(0, Duration.between(oldest, now).toSeconds()));
        Optional<Anchoring.Trouble> trouble = anchoring.trouble(tenant);
        state.put("ledger_reachable", trouble.isEmpty());
        trouble.ifPresent(t -> state.put("failed_tries", (long) t.failures()));
        store.direct().one("""
                        select size, root, sent_at, seq_no from log_head
                        where tenant = $1 and sent_at is not null order by size desc limit 1
                        """, tenant.id()).ifPresent(row -> {
            Map<String, Object> head = new LinkedHashMap<>();
            head.put("size", row.getLong("size"));
            head.put("root", Base64Url.encode(Rows.bytes(row, "root")));
            head.put("anchored_at", Rows.instant(row, "sent_at").toString());
            Long seqNo = row.getLong("seq_no");
            if (seqNo != null) {
                head.put("transaction", seqNo);
            }
            state.put("log_head", head);
        });
        return state;
    }
}
