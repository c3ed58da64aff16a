package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.web.CutLine;
import city.elicence.web.Outage;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database that is away stops the issuer, and nothing of it for longer than that")
class DatabaseOutageTest {
    private static final String TYPE = "driving-licence";

    @Test
    @DisplayName(
            "Meanwhile every request is told so by 503 and nothing is changed; then the same requests work, and what is issued is anchored")
    void cutAndMended() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (CutLine line = new CutLine(TestDatabase.settings())) {
            Pool through = ServiceDatabase.pool(vertx, line.settings());
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
                    Outage.told(away.status(), away.headers(), away.json());
                }
                assertEquals(offers, offers(city));

                line.mend();
                Outage.until(() -> desk.get("licences").status() == 200);
                assertEquals(List.of(), desk.licences(""));
                assertEquals(201, desk.offer(TYPE).status());
                String licence =
                        RawWallet.credentials(wallet.credential(request)).getFirst();
                String jwt = licence.substring(0, licence.indexOf('~'));
                Map<String, String> digest = Map.of("digest", Base64Url.encode(RawWallet.sha256(jwt)));
                Outage.until(() -> Http.postJson(city.issuer(city.police) + "/receipts", digest)
                                .status()
                        == 200);
            } finally {
                through.close().await();
            }
        } finally {
            vertx.close().await();
        }
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
}
