package city.elicence.issuer.anchor;

import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Takes what was issued into the log: gives each copy its index, and writes the next head. */
final class LogAppender {
    private final Store store;
    private final IssuerSettings.Limits limits;

    LogAppender(Store store, IssuerSettings settings) {
        this.store = store;
        this.limits = settings.limits();
    }

    /** Appends a batch. @return how many entries it had */
    int append(Tenant tenant, Instant now) {
        return store.transaction(rows -> {
            // One writer a tenant at a time, among all processes; the lock ends with the transaction.
            rows.one("select pg_advisory_xact_lock(hashtext($1))", "log/" + tenant.id());
            List<Row> fresh = rows.all("""
                    select issuance_id, position, signed_digest, log_salt from copy
                    where tenant = $1 and log_index is null order by issuance_id, position limit $2
                    """, tenant.id(), limits.anchorBatch());
            if (!fresh.isEmpty()) {
                append(rows, tenant, fresh, now);
            }
            return fresh.size();
        });
    }

    private static void append(Rows rows, Tenant tenant, List<Row> fresh, Instant now) {
        LogBook book = new LogBook(rows, tenant.id());
        long first = book.size();
        List<MerkleHash> leaves = new ArrayList<>();
        List<List<Object>> indices = new ArrayList<>();
        for (Row row : fresh) {
            indices.add(List.of(row.getString("issuance_id"), row.getInteger("position"), first + leaves.size()));
            leaves.add(LogEntry.of(Rows.bytes(row, "log_salt"), Rows.bytes(row, "signed_digest"))
                    .leafHash());
        }
        rows.changeAll("update copy set log_index = $3 where issuance_id = $1 and position = $2", indices);
        book.append(first, leaves);
        long size = first + leaves.size();
        rows.change(
                "insert into log_head (tenant, size, root, at) values ($1, $2, $3, $4)",
                tenant.id(),
                size,
                book.root(size).octets(),
                now.truncatedTo(ChronoUnit.SECONDS));
    }
}
