package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.verifier.secret.SealedColumn;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a stolen database tells of what people showed. */
class SealedColumnTest {
    private final TestCity city = TestCity.city();

    private Row row(String sql, String checkId) {
        return city.pool
                .preparedQuery(sql)
                .execute(Tuple.of(checkId))
                .await()
                .iterator()
                .next();
    }

    /** The table as PostgreSQL has it on the disk, byte for byte. */
    private String onDisk() throws Exception {
        city.pool.query("checkpoint").execute().await();
        Row place = city.pool
                .query(
                        "select current_setting('data_directory') as folder, pg_relation_filepath('check_verdict') as file")
                .execute()
                .await()
                .iterator()
                .next();
        return Files.readString(
                Path.of(place.getString("folder"), place.getString("file")), StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName(
            "The claims of an accepted check are on the disk in no readable form, are read by whom they were shown to, and open in no other row")
    void atRest() throws Exception {
        UsedLicence licence = UsedLicence.due(city, 73_519_735_197_351L);
        String check = licence.showTo("bank", "amount", "claim_secret", "confirmation_number")
                .checkId();
        String other = licence.showTo("insurer").checkId();
        String number = String.valueOf(licence.claims().get("confirmation_number"));

        String table = onDisk();
        assertTrue(table.contains(check), "the row is among these bytes");
        for (String value : List.of(licence.secret(), number, "73519735197351", "confirmation_number\":")) {
            assertFalse(table.contains(value), value);
        }
        String read = city.api().get("/api/checks/" + check).body();
        assertTrue(read.contains(licence.secret()) && read.contains(number), read);

        SealedColumn claims = SealedColumn.claims(TestCity.VAULT);
        String sql = "select sealed_claims from check_verdict where check_id = $1";
        assertTrue(claims.open(row(sql, check), "bank", check).orElseThrow().contains(number));
        assertThrows(IllegalStateException.class, () -> claims.open(row(sql, other), "bank", check));
        assertThrows(IllegalStateException.class, () -> claims.open(row(sql, check), "insurer", check));
    }

    @Test
    @DisplayName(
            "A database of before: what was shown in clear is deleted and the trail says so, and so are the keys of ended requests; the other checks, the keys of pending ones and what follows stay")
    void migrated() {
        DatabaseSettings old = city.empty("before_sealing");
        Flyway.configure()
                .dataSource(old.jdbcAddress(), old.user(), old.password())
                .schemas(old.schema())
                .defaultSchema(old.schema())
                .locations("classpath:db/web", "classpath:db/" + old.schema())
                .outOfOrder(true)
                .target("63")
                .load()
                .migrate();
        Pool pool = ServiceDatabase.pool(city.vertx, old);
        pool.query("insert into tenant values ('bank', 'did:indy:test:bank', '银行', 'Bank', '[]', now())")
                .execute()
                .await();
        for (String outcome : List.of("accepted", "refused", "pending")) {
            String id = (outcome + "x".repeat(22)).substring(0, 22);
            pool.preparedQuery("""
                            insert into check_request (id, tenant, draft_digest, purpose, asked, dcql, client_id, response_mode,
                              flow, nonce, state, encryption_key, asked_by, created_at, expires_at, delete_after)
                            values ($1, 'bank', sha256('x'), 'a loan', '[]', '{}', 'bank', 'direct_post.jwt',
                              'cross_device', $1, $1, '{"d":"in clear"}', 'staff:li', now(), now() + $2 * interval '1 hour', now() + interval '1 day')""")
                    .execute(Tuple.of(id, outcome.equals("pending") ? 12 : 0))
                    .await();
            if (outcome.equals("pending")) {
                continue;
            }
            pool.preparedQuery("""
                            insert into check_verdict (check_id, tenant, outcome, report, claims, decided_at)
                            values ($1, 'bank', $2, '{}', $3, now())""")
                    .execute(Tuple.of(id, outcome, outcome.equals("accepted") ? "{\"name\":\"in clear\"}" : null))
                    .await();
        }

        ServiceDatabase.migrate(old);

        assertEquals(List.of("refused"), texts(pool, "select outcome from check_verdict"));
        assertEquals(
                List.of("pending" + "x".repeat(15)),
                texts(pool, "select id from check_request where encryption_key is not null"));
        assertEquals(List.of("migration"), texts(pool, "select actor from audit where event = 'deleted'"));
        pool.close().await();
    }

    private static List<String> texts(Pool pool, String sql) {
        List<String> texts = new ArrayList<>();
        pool.query(sql).execute().await().forEach(row -> texts.add(row.getString(0)));
        return texts;
    }
}
