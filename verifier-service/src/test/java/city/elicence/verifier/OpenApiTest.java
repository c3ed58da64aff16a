package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffRole;
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
        called.add(contract.check(method, path, answer));
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
        assertEquals(ServedContract.ofService().operations(), contract.operations());
    }

    @Test
    @DisplayName(
            "The result API, operation by operation: create, poll, follow, hand in the code, record, delete, and be called back")
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
            contract.checkWebhook("decided", Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "no callback"));
            called(204, "delete", check, bank.delete(check));
            called(404, "get", check, bank.get(check));
        } finally {
            back.stop(0);
        }
        Set<String> due = new TreeSet<>(contract.operations());
        due.removeIf(operation -> !operation.contains("/api/checks") && !operation.contains("{tenant}/re"));
        // The book of uses and the way back through our own page have tests of their own: UseTest, ApiTest.
        due.removeIf(operation ->
                operation.endsWith("/uses") || operation.contains("/return/") || operation.contains("receipts"));
        due.removeAll(called);
        assertEquals(Set.of(), due, "described, and not called");
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
        contract.check("get", "/api/presets", good);
        for (TestApi.Answer wrong : List.of(
                new TestApi.Answer(418, good.json(), good.body(), good.headers()),
                new TestApi.Answer(200, Map.of("presets", "none"), good.body(), good.headers()),
                new TestApi.Answer(200, Map.of("presets", List.of(Map.of("id", "x"))), good.body(), good.headers()),
                new TestApi.Answer(200, Map.of("other", List.of()), good.body(), good.headers()))) {
            assertThrows(AssertionError.class, () -> contract.check("get", "/api/presets", wrong));
        }
        TestApi.Answer page = TestApi.getAnonymously(city.service.base() + "/", Map.of());
        assertThrows(AssertionError.class, () -> contract.check("get", "/api/presets", page));
        assertTrue(contract.describes("get", "/api/presets") && !contract.describes("put", "/api/presets"));
    }
}
