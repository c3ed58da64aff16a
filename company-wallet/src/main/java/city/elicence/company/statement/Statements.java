package city.elicence.company.statement;

import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log of what companies signed: consents and receipts, salted digests of them in the order in which they came, for all companies of
 * this service together. A log of each company's own would tell everybody on the ledger how often it shares.
 */
public final class Statements {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BATCH = 10_000;

    private final Tables tables;
    private final Vault vault;
    private final LogHeads ledger;
    private final Did log;
    private final Clock clock;
    private final MerkleTree tree = new MerkleTree();

    /**
     * A log on these tables.
     *
     * @param log the DID under which the ledger has this log's heads
     */
    public Statements(Tables tables, Vault vault, LogHeads ledger, Did log, Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.ledger = ledger;
        this.log = log;
        this.clock = clock;
    }

    /** A statement, and the proof that it is anchored, null until it is. */
    public record Kept(
            String id, String signed, Instant at, @Nullable Receipt proof) {}

    /** The DID under which the ledger has this log's heads. */
    public Did log() {
        return log;
    }

    /** That the log of one size is the beginning of that of another, both of them anchored. */
    public synchronized List<MerkleHash> consistency(long first, long second) {
        if (first < 1 || first > second || second > Math.min(tree.size(), anchored())) {
            throw Refused.malformed("first, second: expected two sizes of the log, the smaller first");
        }
        return tree.consistencyProof(first, second);
    }

    /** Keeps a statement; its digest reaches the log and the ledger by itself. */
    public void keep(Tables within, String company, String id, String kind, String signed) {
        keep(within, company, kind, Map.of(id, signed));
    }

    /** Several at once. */
    public void keep(Tables within, String company, String kind, Map<String, String> statements) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        statements.forEach((id, signed) -> {
            byte[] salt = new byte[LogEntry.SALT_LENGTH];
            RANDOM.nextBytes(salt);
            rows.add(List.of(
                    id,
                    company,
                    kind,
                    vault.seal("statement/" + company + '/' + id, signed),
                    salt,
                    LogEntry.ofJwt(salt, signed).leafHash().octets(),
                    clock.instant()));
        });
        within.changeAll(
                "insert into statement (id, company, kind, sealed, salt, leaf, at) values ($1, $2, $3, $4, $5, $6, $7)",
                rows);
    }

    /** Keeps a receipt as it came back, with the signature of who received, and gives its id. */
    public String keepCountersigned(Tables within, String company, String receipt, String signed) {
        String id = UUID.randomUUID().toString();
        keep(within, company, "countersigned", Map.of(id, signed));
        within.change("update statement set countersigns = $2 where id = $1", id, receipt);
        return id;
    }

    /** The receipts that came back, by the id of the company's own. */
    public Map<String, Kept> countersigned(String company) {
        long anchored = anchored();
        Map<String, Kept> all = new HashMap<>();
        tables.all("""
                        select * from statement where company = $1 and kind = 'countersigned' order by at desc limit 500""", company).forEach(row -> all.put(row.getString("countersigns"), kept(row, anchored)));
        return all;
    }

    /** Newest first, each with its proof. */
    public List<Kept> all(String company, String kind) {
        long anchored = anchored();
        return tables
                .all(
                        "select * from statement where company = $1 and kind = $2 order by at desc limit 500",
                        company,
                        kind)
                .stream()
                .map(row -> kept(row, anchored))
                .toList();
    }

    public Kept find(String company, String id) {
        return tables.one("select * from statement where company = $1 and id = $2", company, id)
                .map(row -> kept(row, anchored()))
                .orElseThrow(() -> Refused.notFound("statement"));
    }

    /** Appends what waits, and brings the newest head to the ledger. One at a time; a try that failed is made again. */
    public synchronized void publish() {
        catchUp();
        List<Row> fresh =
                tables.all("select id, leaf from statement where log_index is null order by at, id limit " + BATCH);
        if (!fresh.isEmpty()) {
            append(fresh);
        }
        Optional<Row> unsent = tables.one("select * from log_head order by size desc limit 1")
                .filter(row -> row.getOffsetDateTime("sent_at") == null);
        if (unsent.isPresent()) {
            Row row = unsent.get();
            LogHead head = new LogHead(
                    log,
                    row.getLong("size"),
                    city.elicence.credentials.json.Base64Url.encode(Tables.bytes(row, "root")),
                    Tables.instant(row, "at"));
            if (ledger.put(head)) {
                tables.change("update log_head set sent_at = $2 where size = $1", head.size(), clock.instant());
            }
        }
    }

    private void append(List<Row> fresh) {
        long first = tree.size();
        for (Row row : fresh) {
            tree.appendLeafHash(MerkleHash.of(Tables.bytes(row, "leaf")));
        }
        tables.transaction(within -> {
            within.change("""
                    update statement set log_index = v.place
                    from unnest($1::text[]) with ordinality as u(id, nth), lateral (select $2 + nth - 1 as place) v
                    where statement.id = u.id
                    """, fresh.stream().map(row -> row.getString("id")).toArray(String[]::new), first);
            return within.change(
                    "insert into log_head (size, root, at) values ($1, $2, $3)",
                    tree.size(),
                    tree.root().octets(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS));
        });
    }

    /** After a start, or an append that failed half way, the tree is what the rows say. */
    private void catchUp() {
        // The rows' indices have no gaps: each append is one transaction, and nothing is ever deleted.
        long rows = tables.one("select coalesce(max(log_index) + 1, 0) as n from statement")
                .orElseThrow()
                .getLong("n");
        if (tree.size() > rows) {
            throw new IllegalStateException("the log in memory is ahead of its rows: start the service again");
        }
        for (Row row : tables.all("select leaf from statement where log_index >= $1 order by log_index", tree.size())) {
            tree.appendLeafHash(MerkleHash.of(Tables.bytes(row, "leaf")));
        }
    }

    private long anchored() {
        return tables.one("select coalesce(max(size), 0) as size from log_head where sent_at is not null")
                .orElseThrow()
                .getLong("size");
    }

    private synchronized Kept kept(Row row, long anchored) {
        String id = row.getString("id");
        String signed = vault.open("statement/" + row.getString("company") + '/' + id, Tables.bytes(row, "sealed"));
        Long index = row.getLong("log_index");
        Receipt proof = index == null || index >= anchored || anchored > tree.size()
                ? null
                : Receipt.of(log.value(), tree, index, anchored, Tables.bytes(row, "salt"));
        return new Kept(id, signed, Tables.instant(row, "at"), proof);
    }
}
