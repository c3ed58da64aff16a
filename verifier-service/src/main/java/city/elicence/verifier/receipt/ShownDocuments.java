package city.elicence.verifier.receipt;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** What companies showed to a party and it accepted, until the receipt of it comes, or is long overdue. */
public final class ShownDocuments {
    private static final Duration KEPT_FOR = Duration.ofDays(30);
    private static final int MOST_ALIKE = 100;

    private final Pool pool;
    private final Suites suites;
    private final Clock clock;

    public ShownDocuments(Pool pool, Suites suites, Clock clock) {
        this.pool = pool;
        this.suites = suites;
        this.clock = clock;
    }

    /** Notes a document that was accepted; the same one of the same check is noted once. */
    public void note(String tenant, String check, String presentation) {
        if (presentation.indexOf('~') < 0) {
            // An mdoc: companies' wallets show none, and no receipt of it will come.
            return;
        }
        try {
            SdJwt shown = SdJwt.parse(presentation, suites);
            pool.preparedQuery("""
                            insert into shown_document (tenant, of_check, document, fields, shown_at)
                            values ($1, $2, $3, $4, $5) on conflict do nothing""")
                    .execute(Tuple.of(
                            tenant,
                            check,
                            Base64Url.encode(LogEntry.digestOf(shown.issuerJwt().compact())),
                            ShownFields.of(shown.process()).text(),
                            clock.instant().atOffset(ZoneOffset.UTC)))
                    .await();
        } catch (SdJwtException unreadable) {
            throw new IllegalStateException("what was accepted can be read", unreadable);
        }
    }

    /** Takes one such document that waits for its receipt, for this receipt and no second; false where there is none. */
    boolean take(SqlConnection within, String tenant, String document, List<String> fields, String receipt) {
        for (Row row : within.preparedQuery("""
                        select of_check, fields from shown_document
                        where tenant = $1 and document = $2 and receipt is null
                        order by shown_at limit $3 for update""")
                .execute(Tuple.of(tenant, document, MOST_ALIKE))
                .await()) {
            if (ShownFields.read(row.getString("fields")).areThoseOf(fields)) {
                within.preparedQuery("""
                                update shown_document set receipt = $4
                                where tenant = $1 and document = $2 and of_check = $3""")
                        .execute(Tuple.of(tenant, document, row.getString("of_check"), receipt))
                        .await();
                return true;
            }
        }
        return false;
    }

    /** What no receipt came for in a month. */
    public void forget() {
        pool.preparedQuery("delete from shown_document where shown_at < $1")
                .execute(Tuple.of(clock.instant().minus(KEPT_FOR).atOffset(ZoneOffset.UTC)))
                .await();
    }
}
