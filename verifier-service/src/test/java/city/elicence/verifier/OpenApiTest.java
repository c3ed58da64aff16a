package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.web.ServedContract;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bank's engineer who has the served document and nothing else. Every answer in the other tests is held against it too (TestApi). */
@DisplayName("The OpenAPI document")
class OpenApiTest {
    private final TestCity city = TestCity.city();
    private final ServedContract contract =
            new ServedContract(TestApi.getAnonymously(city.service.base() + "/openapi.json", Map.of())
                    .json());
    private final Set<String> called = new TreeSet<>();

    private TestApi.Answer called(int status, String method, String path, TestApi.Answer answer) {
        assertEquals(status, answer.status(), answer.body());
        called.add(contract.check(method, path, answer.found()));
        return answer;
    }

    private static String path(String address) {
        return URI.create(address).getPath();
    }

    @Test
    @DisplayName("is served as it stands, and describes exactly the routes that the service has")
    void routes() {
        Set<String> routed = new TreeSet<>(city.service.routes());
        routed.add("get /health");
        assertEquals(routed, contract.operations());
        assertFalse(routed.isEmpty());
        assertEquals(ServedContract.ofService("/verifier/openapi.json").operations(), contract.operations());
    }

    @Test
    @DisplayName(
            "The result API, operation by operation: create, poll, follow, hand in the code, come back, record, use, delete, and be called back")
    void resultApi() throws IOException, InterruptedException, JsonException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        HttpServer back = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        back.createContext("/told", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        back.start();
        try {
            TestApi bank = backEnd("http://127.0.0.1:" + back.getAddress().getPort() + "/told");
            for (String open : List.of("/openapi.json", "/health", "/api/presets", "/api/labels")) {
                called(200, "get", open, TestApi.getAnonymously(city.service.base() + open, Map.of()));
            }
            called(200, "get", "/api/tenants", bank.get("/api/tenants"));
            called(200, "get", "/api/me", city.api().get("/api/me"));

            Map<String, Object> draft = new LinkedHashMap<>();
            draft.put("check", "may-drive-car");
            draft.put("flow", "same_device");
            draft.put("return_to", "https://bank.example/after");
            Map<String, String> key = Map.of("Idempotency-Key", "openapi-1");
            TestApi.Answer made = called(201, "post", "/api/checks", bank.post("/api/checks", draft, key));
            called(200, "post", "/api/checks", bank.post("/api/checks", draft, key));
            String check = "/api/checks/" + made.string("id");
            called(200, "get", check, bank.get(check));
            called(200, "get", path(made.string("qr")), TestApi.getAnonymously(made.string("qr"), Map.of()));
            String request = made.string("request_uri");
            called(200, "get", path(request), TestApi.getAnonymously(request, Map.of()));
            String response = wallet(made);
            called(
                    200,
                    "post",
                    check + "/return",
                    bank.post(check + "/return", Map.of("response_code", code(response))));
            called(200, "get", check, bank.get(check + "?wait=5"));
            called(200, "get", check + "/events", bank.get(check + "/events"));
            called(200, "get", check + "/record.pdf", bank.get(check + "/record.pdf"));
            called(200, "get", "/api/checks", bank.get("/api/checks?limit=3"));
            called(200, "get", "/api/audit", bank.get("/api/audit?limit=3"));
            contract.checkWebhook("decided", Objects.requireNonNull(heard.poll(60, TimeUnit.SECONDS), "no callback"));
            called(204, "delete", check, bank.delete(check));
            called(404, "get", check, bank.get(check));
        } finally {
            back.stop(0);
        }
        comeBack();
        use();
        Set<String> due = new TreeSet<>(contract.operations());
        due.removeIf(operation -> !operation.contains("/api/checks")
                && !operation.contains("/api/uses")
                && !operation.matches("\\w+ /\\{tenant}/(request|response|return|qr)/.*"));
        due.removeAll(called);
        assertEquals(Set.of(), due, "described, and not called");
    }

    /** OpenID4VP 1.0 §14.2: through the service's own page, by the browser that asked and by no other. */
    private void comeBack() {
        Map<String, Object> draft = TestCity.check("bank", "may-drive-car");
        draft.put("flow", "same_device");
        TestApi.Answer made = called(201, "post", "/api/checks", city.api().post("/api/checks", draft));
        String back = wallet(made);
        String cookie = made.header("Set-Cookie").split(";", 2)[0];
        called(403, "get", path(back), TestApi.getAnonymously(back, Map.of()));
        called(303, "get", path(back), TestApi.getAnonymously(back, Map.of("Cookie", cookie)));
        String unknown = city.service.base() + "/bank/return/nothing?response_code=x";
        called(404, "get", path(unknown), TestApi.getAnonymously(unknown, Map.of()));
        called(
                404,
                "get",
                "/bank/qr/nothing",
                TestApi.getAnonymously(city.service.base() + "/bank/qr/nothing", Map.of()));
    }

    /** The book of a licence that may be used once: each operation with a success, and with what it refuses by name. */
    private void use() {
        String of = "/api/checks/"
                + UsedLicence.confirmation(city, 1_000).showTo("bank").checkId() + "/uses";
        TestApi api = city.api();
        called(200, "get", of, api.get(of));
        Map<String, String> key = Map.of("Idempotency-Key", "openapi-use-" + System.nanoTime());
        Map<String, Object> reserve = Map.of("act", "reserve", "hold_for", 3600);
        called(400, "post", of, api.post(of, Map.of("act", "burn")));
        TestApi.Answer held = called(201, "post", of, api.post(of, reserve, key));
        called(200, "post", of, api.post(of, reserve, key));
        called(409, "post", of, api.post(of, Map.of("act", "reserve", "hold_for", 7200), key));
        String use = "/api/uses/" + held.string("id");
        called(200, "get", use, api.get(use));
        TestApi.Answer confirmed =
                called(201, "post", use + "/confirm", api.post(use + "/confirm", Map.of("amount", 800), fresh()));
        called(409, "post", use + "/confirm", api.post(use + "/confirm", Map.of("amount", 1), fresh()));
        String release = "/api/uses/" + confirmed.string("id") + "/release";
        called(201, "post", release, api.post(release, Map.of("amount", 300), fresh()));
        called(409, "post", release, api.post(release, Map.of("amount", 501), fresh()));
        called(200, "get", "/api/uses", api.get("/api/uses?limit=5"));
        for (String unknown : List.of("/api/uses/nothing", "/api/checks/nothing/uses")) {
            called(404, "get", unknown, api.get(unknown));
        }
        for (String unknown :
                List.of("/api/uses/nothing/confirm", "/api/uses/nothing/release", "/api/checks/nothing/uses")) {
            called(404, "post", unknown, api.post(unknown, Map.of(), fresh()));
        }
        TestApi nobody = city.api("nobody");
        for (String read : List.of("/api/uses", use, of)) {
            called(401, "get", read, nobody.get(read));
        }
        for (String write : List.of(of, use + "/confirm", release)) {
            called(401, "post", write, nobody.post(write, Map.of(), fresh()));
        }
    }

    private static Map<String, String> fresh() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    private TestApi backEnd(String callback) {
        String path = "/api/tenants/bank/back-ends";
        TestApi admin = city.api(city.staff(StaffRole.ADMIN));
        return city.api(called(201, "post", path, admin.post(path, Map.of("label", "openapi", "callback", callback)))
                .string("secret"));
    }

    /** Fetches by POST and answers; gives where the browser is sent. */
    private String wallet(TestApi.Answer made) {
        String address = made.string("request_uri");
        TestApi.Answer fetched =
                called(200, "post", path(address), TestApi.postForm(address, Map.of("wallet_nonce", "n-1")));
        RawWallet.Request request = RawWallet.parse(fetched.body());
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        TestApi.Answer taken =
                RawWallet.respond(request, "driving_licence", RawWallet.present(held, request, "may_drive_car"));
        return called(200, "post", path(request.text("response_uri")), taken).string("redirect_uri");
    }

    private static String code(String address) {
        return String.valueOf(RawWallet.query(address).get("response_code"));
    }

    @Test
    @DisplayName("A status, a media type, a field or a value that it does not describe would be noticed")
    void notices() {
        TestApi.Answer good = TestApi.getAnonymously(city.service.base() + "/api/presets", Map.of());
        contract.check("get", "/api/presets", good.found());
        String json = good.header("Content-Type");
        for (ServedContract.Found wrong : List.of(
                new ServedContract.Found(418, json, good.body()),
                new ServedContract.Found(200, json, "{\"presets\":\"none\"}"),
                new ServedContract.Found(200, json, "{\"presets\":[{\"id\":\"x\"}]}"),
                new ServedContract.Found(200, json, "{\"other\":[]}"),
                new ServedContract.Found(200, "text/html", good.body()))) {
            assertThrows(AssertionError.class, () -> contract.check("get", "/api/presets", wrong));
        }
        assertTrue(contract.describes("get", "/api/presets") && !contract.describes("put", "/api/presets"));
    }
}
