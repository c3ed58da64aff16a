package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.web.CutLine;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database that is away stops the issuer, and nothing of it for longer than that")
class DatabaseOutageTest {
    private static final String TYPE = "driving-licence";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @DisplayName(
            "Meanwhile every request is told so by 503 and nothing is changed; then the same requests work, and what is issued is anchored")
    void cutAndMended() throws Exception {
        DatabaseSettings direct = TestDatabase.settings();
        Vertx vertx = Vertx.vertx();
        try (CutLine line = new CutLine(direct.port())) {
            Pool through = ServiceDatabase.pool(vertx, at(direct, line.port()));
            try (TestCity city = new TestCity(limits -> limits, null, pool -> through)) {
                Desk desk = new Desk(city, city.police);
                RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
                SoftwareKey key = SoftwareKey.generate();
                wallet.tokenFor(desk.offered(TYPE));
                Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), key);
                List<Supplier<Http.Answer>> requests = List.of(
                        () -> desk.get("licences"),
                        () -> desk.offer(TYPE),
                        () -> Http.get(city.base() + "/oversight"),
                        () -> wallet.credential(request));
                long offers = offers(city);

                line.cut();
                for (Supplier<Http.Answer> each : requests) {
                    Http.Answer away = each.get();
                    assertEquals(503, away.status(), away.text());
                    assertEquals("temporarily_unavailable", away.error());
                    assertEquals(List.of("2"), away.headers().get("retry-after"));
                    assertTrue(away.json().containsKey("trace_id"));
                }
                assertEquals(offers, offers(city));

                line.mend();
                until(() -> desk.get("licences").status() == 200);
                assertEquals(List.of(), desk.licences(""));
                assertEquals(201, desk.offer(TYPE).status());
                String licence =
                        RawWallet.credentials(wallet.credential(request)).getFirst();
                String jwt = licence.substring(0, licence.indexOf('~'));
                Map<String, String> digest = Map.of("digest", Base64Url.encode(RawWallet.sha256(jwt)));
                until(() -> Http.postJson(city.issuer(city.police) + "/receipts", digest)
                                .status()
                        == 200);
            } finally {
                through.close().await();
            }
        } finally {
            vertx.close().await();
        }
    }

    private static DatabaseSettings at(DatabaseSettings direct, int port) {
        return new DatabaseSettings(
                direct.host(), port, direct.database(), direct.user(), direct.password(), direct.schema());
    }

    private static long offers(TestCity city) {
        return city.pool()
                .preparedQuery("select count(*) as n from offer where tenant = $1")
                .execute(Tuple.of(city.police))
                .await()
                .iterator()
                .next()
                .getLong("n");
    }

    private static void until(Supplier<Boolean> holds) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.get()) {
            assertTrue(Instant.now().isBefore(end), "did not become so");
            Thread.sleep(50);
        }
    }
}
