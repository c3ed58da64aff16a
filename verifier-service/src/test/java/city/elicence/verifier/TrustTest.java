package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.trust.StatusHead;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final String QUERY = "driving_licence";

    private final TestCity city = TestCity.city();

    private TestApi.Answer show(TestIssuer.Held held) {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        return RawWallet.respond(request, QUERY, RawWallet.present(held, request, "may_drive_car"));
    }

    private void anchor(StatusListToken token) {
        TestCity.done(city.ledger.putStatusHead(
                new StatusHead(
                        city.police.party().did(),
                        token.subject(),
                        token.issuedAt().getEpochSecond(),
                        token.sha256(),
                        Instant.now()),
                city.policeSigner));
        city.follower.catchUp();
    }

    @Test
    @DisplayName("A list older than the one on the ledger is refused by name; the anchored one, once served, is taken")
    void rolledBack() {
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        assertEquals(200, show(held).status());
        String before = city.statusHost.served(city.police.statusPath());
        StatusListToken newer = city.police.publish(Instant.now().plusSeconds(5));
        city.statusHost.serve(city.police.statusPath(), before);
        anchor(newer);
        assertEquals("status-rolled-back", show(held).string("code"));
        city.statusHost.serve(city.police.statusPath(), newer.compact());
        assertEquals(200, show(held).status());
    }

    @Test
    @DisplayName("A newly anchored head makes the verifier fetch that list at once, before anyone shows anything")
    void newlyAnchored() throws InterruptedException {
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        show(held);
        StatusListToken newer = city.police.publish(Instant.now().plusSeconds(10));
        int before = city.statusHost.fetches(city.police.statusPath());
        // Rounds are twenty seconds apart.
        Instant start = Instant.now();
        anchor(newer);
        while (city.statusHost.fetches(city.police.statusPath()) == before
                && Duration.between(start, Instant.now()).toMillis() < 10_000) {
            Thread.sleep(10);
        }
        assertTrue(
                city.statusHost.fetches(city.police.statusPath()) > before,
                "fetched long before the next round of prefetching");
    }

    @Test
    @DisplayName(
            "A test certificate is trusted only while it is pinned, for its one type, and is called not accredited")
    void pinnedTestCertificate() {
        TestIssuer.Held foreign = city.impostor.issue("foreign-pid", Map.of("given_name", "测试"));
        TestApi admin = city.api(city.staff(StaffRole.ADMIN));
        Map<String, Object> query = Map.of(
                "credentials",
                List.of(Map.of(
                        "id",
                        "pid",
                        "format",
                        "dc+sd-jwt",
                        "meta",
                        Map.of("vct_values", List.of(TestIssuer.vct("foreign-pid"))),
                        "claims",
                        List.of(Map.of("path", List.of("given_name"))))));
        Map<String, Object> draft = Map.of("tenant", "bank", "purpose", "a trial", "dcql", query);
        assertEquals(403, city.api().post("/api/checks", draft).status());

        Map<String, Object> pin = new LinkedHashMap<>();
        pin.put("certificate", city.impostor.party().chain().toX5c().get(0));
        pin.put("vct", TestIssuer.vct("foreign-pid"));
        pin.put("claims", List.of(List.of("given_name")));
        pin.put("label", "conformance trial");
        assertEquals(
                403,
                city.api()
                        .post("/api/dangerously-pinned-test-certificates", pin)
                        .status());
        TestApi.Answer pinned = admin.post("/api/dangerously-pinned-test-certificates", pin);
        assertEquals(201, pinned.status(), pinned.body());
        assertEquals(CertificateChain.fingerprint(city.impostor.party().chain().leaf()), pinned.string("sha256"));

        TestApi.Answer made = city.api().post("/api/checks", draft);
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        TestApi.Answer answer = RawWallet.respond(request, "pid", RawWallet.present(foreign, request, "given_name"));
        assertEquals(200, answer.status(), answer.body());
        String result = city.api().get("/api/checks/" + made.string("id")).body();
        assertTrue(result.contains("NOT accredited"), result);

        TestIssuer.Held forged = city.impostor.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        assertEquals("issuer-not-accredited-for-type", show(forged).string("code"));
        assertEquals(
                204,
                admin.delete("/api/dangerously-pinned-test-certificates/" + pinned.string("sha256"))
                        .status());
        assertEquals("issuer-unknown", show(forged).string("code"));
    }

    @Test
    @DisplayName("A back end is called back when its check is decided, again until it answers, and without the result")
    void callback() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/told", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(calls.incrementAndGet() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
            TestApi.Answer secret = city.api(city.staff(StaffRole.ADMIN))
                    .post("/api/tenants/bank/back-ends", Map.of("label", "told", "callback", address));
            TestApi bank = city.api(secret.string("secret"));
            TestApi.Answer made = bank.post("/api/checks", Map.of("check", "may-drive-car"));
            TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
            RawWallet.Request request = RawWallet.follow(made.string("link"));
            assertEquals(
                    200,
                    RawWallet.respond(request, QUERY, RawWallet.present(held, request, "may_drive_car"))
                            .status());
            String first = heard.poll(60, TimeUnit.SECONDS);
            String second = heard.poll(60, TimeUnit.SECONDS);
            assertEquals("{\"event\":\"decided\",\"id\":\"" + made.string("id") + "\",\"tenant\":\"bank\"}", first);
            assertEquals(first, second);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §6.2, §6.1: credential sets and multiple are held against what was shown")
    void wholeDcql() {
        Map<String, Object> licence = new LinkedHashMap<>();
        licence.put("id", "licence");
        licence.put("format", "dc+sd-jwt");
        licence.put("meta", Map.of("vct_values", List.of("type:driving-licence")));
        licence.put("claims", List.of(Map.of("path", List.of("name"))));
        Map<String, Object> card = new LinkedHashMap<>(licence);
        card.put("id", "card");
        card.put("meta", Map.of("vct_values", List.of("type:resident-id-card")));
        card.put("multiple", true);
        Map<String, Object> draft = Map.of(
                "tenant",
                "bank",
                "purpose",
                "either will do",
                "dcql",
                Map.of(
                        "credentials",
                        List.of(licence, card),
                        "credential_sets",
                        List.of(Map.of("options", List.of(List.of("licence"), List.of("card"))))));
        TestIssuer.Held one = city.police.issue(TestCity.ID_CARD, Map.of("name", "一（测试）"));
        TestIssuer.Held two = city.police.issue(TestCity.ID_CARD, Map.of("name", "二（测试）"));
        TestIssuer.Held drives = city.police.issue(TestCity.LICENCE, Map.of("name", "三（测试）"));

        RawWallet.Request both =
                RawWallet.follow(city.api().post("/api/checks", draft).string("link"));
        TestApi.Answer several = RawWallet.respond(
                both, "card", RawWallet.present(one, both, "name"), RawWallet.present(two, both, "name"));
        assertEquals(200, several.status(), several.body());

        RawWallet.Request single =
                RawWallet.follow(city.api().post("/api/checks", draft).string("link"));
        TestApi.Answer tooMany = RawWallet.respond(
                single,
                "licence",
                RawWallet.present(drives, single, "name"),
                RawWallet.present(drives, single, "name"));
        assertEquals("query-not-satisfied", tooMany.string("code"), tooMany.body());
    }
}
