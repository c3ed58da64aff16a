package city.elicence.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HttpDoorTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpDoor door;

    @BeforeAll
    static void open() {
        DoorSettings settings = DoorSettings.local("test", 0)
                .withFraming(new DoorSettings.Framing(List.of(), List.of("http://127.0.0.1:1")));
        door = HttpDoor.open(VERTX, settings, router -> {
            router.get("/waits")
                    .handler(ctx -> ctx.end(Future.await(VERTX.timer(1).map("done"))
                            + Thread.currentThread().isVirtual()));
            router.post("/refuses").handler(ctx -> {
                throw new HttpRefusal(
                        401,
                        "use_dpop_nonce",
                        "a nonce is needed",
                        Map.of("DPoP-Nonce", "n-1"),
                        Map.of("c_nonce", "x"));
            });
            router.get("/of/:who/:what").handler(ctx -> ctx.end("read"));
            router.put("/of/:who/:what").handler(ctx -> ctx.end("written"));
            router.get("/breaks").handler(ctx -> {
                throw new IllegalStateException("110101199003078515");
            });
            Pages.mount(router, "pages-test", "own.html");
        });
    }

    @AfterAll
    static void close() {
        door.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("Routes run on virtual threads and may wait")
    void waits() throws Exception {
        assertEquals("donetrue", get("/waits").body());
    }

    @Test
    @DisplayName("A refusal becomes the standard's error in JSON, with its headers and members, never cached")
    void refuses() throws Exception {
        HttpResponse<String> answer = post("/refuses", "{}");
        JsonObject body = new JsonObject(answer.body());
        assertEquals(401, answer.statusCode());
        assertEquals("use_dpop_nonce", body.getString("error"));
        assertEquals("x", body.getString("c_nonce"));
        assertEquals("n-1", answer.headers().firstValue("DPoP-Nonce").orElseThrow());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    @DisplayName("A fault of ours is a 500 with an id, without trace or message")
    void breaks() throws Exception {
        HttpResponse<String> answer = get("/breaks");
        assertEquals(500, answer.statusCode());
        assertFalse(answer.body().contains("110101"));
        assertFalse(answer.body().contains("Exception"));
        assertTrue(new JsonObject(answer.body()).containsKey("trace_id"));
    }

    @Test
    @DisplayName("A body over the limit, an unknown address and a wrong method are refused in JSON")
    void limits() throws Exception {
        assertEquals(413, post("/refuses", "x".repeat(600 * 1024)).statusCode());
        HttpResponse<String> unknown = get("/nothing");
        assertEquals(404, unknown.statusCode());
        assertEquals("not_found", new JsonObject(unknown.body()).getString("error"));
    }

    @Test
    @DisplayName(
            "RFC 9110 §9.3.1: content that comes with a GET means nothing, a form neither, and is no fault of ours")
    void contentOfGet() throws Exception {
        HttpRequest.Builder form = HttpRequest.newBuilder(door.base().resolve("/waits"))
                .header("Content-Type", "application/x-www-form-urlencoded");
        for (int again = 0; again < 2; again++) {
            HttpResponse<String> answer = CLIENT.send(
                    form.method("GET", HttpRequest.BodyPublishers.ofString("a=b"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals("donetrue", answer.body(), "the same connection goes on");
        }
        HttpRequest trace =
                form.method("TRACE", HttpRequest.BodyPublishers.ofString("a=b")).build();
        assertEquals(
                405, CLIENT.send(trace, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    @DisplayName("RFC 9110 §15.5.6: a 405 names the methods that the address takes, whatever stands in it")
    void otherMethods() throws Exception {
        HttpResponse<String> refused = post("/waits", "x");
        assertEquals(405, refused.statusCode());
        assertEquals("GET", refused.headers().firstValue("Allow").orElseThrow());
        assertEquals("invalid_request", new JsonObject(refused.body()).getString("error"));
        assertEquals(
                "GET, PUT",
                post("/of/anyone/at.all", "x").headers().firstValue("Allow").orElseThrow());
    }

    @Test
    @DisplayName("Every answer carries the security headers; the shared look is served")
    void headers() throws Exception {
        HttpResponse<String> look = get("/assets/look.css");
        assertEquals(200, look.statusCode());
        String policy = look.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'; script-src 'self'; style-src 'self';"));
        assertFalse(policy.contains("unsafe"));
        assertTrue(policy.endsWith("frame-src 'self' http://127.0.0.1:1; frame-ancestors 'self'"), policy);
        assertTrue(look.headers().firstValue("Trace-Id").orElseThrow().length() >= 12);
        assertEquals(
                "nosniff", look.headers().firstValue("X-Content-Type-Options").orElseThrow());
    }

    @Test
    @DisplayName("RFC 9110 §6.6.1, §5.6.7: every answer is dated, a refusal and what no route took as well")
    void dated() throws Exception {
        for (HttpResponse<String> answer : List.of(get("/waits"), post("/refuses", "{}"), get("/nothing"))) {
            String date = answer.headers().firstValue("Date").orElseThrow();
            assertTrue(date.matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT"), date);
            Duration off =
                    Duration.between(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)), Instant.now());
            assertTrue(off.abs().compareTo(Duration.ofMinutes(1)) < 0, date);
        }
    }

    @Test
    @DisplayName("A page says what is its own; head, header and footer are the same on all")
    void frame() throws Exception {
        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        assertEquals(page.body(), get("/own.html").body());
        assertTrue(page.body().contains("<link rel=\"stylesheet\" href=\"/assets/look.css\">"));
        assertTrue(page.body().contains("<button id=\"language\""));
        assertTrue(page.body().contains("<p>own</p>"));
        assertFalse(page.body().contains("<!--"));
        assertEquals(404, get("/other.html").statusCode());
    }

    @Test
    @DisplayName("Who may show our pages in a frame is named by origin, and by nothing else")
    void framing() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DoorSettings.Framing(List.of("http://a.example; script-src *"), List.of()));
    }

    @Test
    @DisplayName("A port in use is said in one line")
    void portInUse() {
        HttpDoor.PortInUse taken = assertThrows(
                HttpDoor.PortInUse.class,
                () -> HttpDoor.open(VERTX, DoorSettings.local("second", door.port()), r -> {})
                        .close());
        assertTrue(String.valueOf(taken.getMessage()).contains(String.valueOf(door.port())));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(door.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(door.base().resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
