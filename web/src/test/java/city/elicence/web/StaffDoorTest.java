package city.elicence.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaffDoorTest {
    private static final SoftwareKey STAFF_KEY = SoftwareKey.generate();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static Pool pool;
    private static HttpDoor door;

    @BeforeAll
    static void open() throws Exception {
        database = EmbeddedDatabase.start(folder, 0);
        pool = ServiceDatabase.open(VERTX, database.settings("web"));
        StaffDoor staff = new StaffDoor("test", STAFF_KEY.publicKey(), pool, Clock.systemUTC(), false);
        door = HttpDoor.open(VERTX, DoorSettings.local("test", 0), router -> {
            staff.mount(router);
            router.post("/offices/:tenant/clerks")
                    .handler(ctx -> ctx.end(staff.require(ctx, StaffRole.CLERK).subject()));
            router.post("/city")
                    .handler(ctx -> ctx.end(
                            staff.requireOfWholeCity(ctx, StaffRole.CLERK).subject()));
            router.post("/clerks")
                    .handler(ctx -> ctx.end(staff.require(ctx, StaffRole.CLERK).subject()));
        });
    }

    @AfterAll
    static void close() {
        door.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        database.close();
    }

    @Test
    @DisplayName("A link works once, and makes a session that ends with sign-out")
    void linkOnce() throws Exception {
        String link = token(StaffRole.CLERK, StaffToken.Use.LINK, Duration.ofMinutes(5), STAFF_KEY);
        HttpResponse<String> first = signIn(link);
        assertEquals(200, first.statusCode());
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.toLowerCase(java.util.Locale.ROOT).contains("httponly; samesite=strict"), cookie);
        assertEquals(401, signIn(link).statusCode());
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(200, clerk("Cookie", session, door.base().toString()).statusCode());
        assertEquals(
                204,
                post("/api/sign-out", "", "Cookie", session, door.base().toString())
                        .statusCode());
        assertEquals(401, clerk("Cookie", session, door.base().toString()).statusCode());
    }

    @Test
    @DisplayName("A link that made no session, for a fault of ours, was not used")
    void faultWithin() throws Exception {
        String link = token(StaffRole.CLERK, StaffToken.Use.LINK, Duration.ofMinutes(5), STAFF_KEY);
        pool.query("alter table staff_session add constraint broken check (false) not valid")
                .execute()
                .await();
        try {
            assertEquals(500, signIn(link).statusCode());
        } finally {
            pool.query("alter table staff_session drop constraint broken")
                    .execute()
                    .await();
        }
        assertEquals(200, signIn(link).statusCode());
    }

    @Test
    @DisplayName("A page of another site cannot use the session, even one on another port of this host")
    void otherSite() throws Exception {
        String cookie = signIn(token(StaffRole.CLERK, StaffToken.Use.LINK, Duration.ofMinutes(5), STAFF_KEY))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(403, clerk("Cookie", session, "http://127.0.0.1:1").statusCode());
    }

    @Test
    @DisplayName("A bearer token lets in its role only, until it expires, and only if the city's key signed it")
    void bearer() throws Exception {
        Duration life = Duration.ofMinutes(5);
        assertEquals(200, bearer(token(StaffRole.CLERK, StaffToken.Use.ACCESS, life, STAFF_KEY)));
        assertEquals(403, bearer(token(StaffRole.VERIFIER, StaffToken.Use.ACCESS, life, STAFF_KEY)));
        assertEquals(401, bearer(token(StaffRole.CLERK, StaffToken.Use.LINK, life, STAFF_KEY)));
        assertEquals(401, bearer(token(StaffRole.CLERK, StaffToken.Use.ACCESS, life, SoftwareKey.generate())));
        Instant past = Instant.now().minus(Duration.ofHours(1));
        assertEquals(
                401,
                bearer(StaffToken.of("c", StaffRole.CLERK, StaffToken.Use.ACCESS, past, life)
                        .mint(STAFF_KEY)));
        assertEquals(401, bearer("rubbish"));
    }

    @Test
    @DisplayName("Staff of one office act for that office alone, by token and by session; staff of the city for each")
    void office() throws Exception {
        StaffToken clerk = StaffToken.of("c", StaffRole.CLERK, StaffToken.Use.ACCESS, Instant.now(), MINUTES);
        String here = "Bearer " + clerk.at("traffic-police").mint(STAFF_KEY);
        String everywhere = "Bearer " + clerk.mint(STAFF_KEY);
        assertEquals(200, authorized("/offices/traffic-police/clerks", here));
        assertEquals(403, authorized("/offices/market-regulator/clerks", here));
        assertEquals(403, authorized("/city", here));
        assertEquals(200, authorized("/offices/market-regulator/clerks", everywhere));
        assertEquals(200, authorized("/city", everywhere));

        StaffToken link = StaffToken.of("c", StaffRole.CLERK, StaffToken.Use.LINK, Instant.now(), MINUTES);
        String cookie = signIn(link.at("traffic-police").mint(STAFF_KEY))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        String session = cookie.substring(0, cookie.indexOf(';'));
        String origin = door.base().toString();
        assertEquals(
                200,
                post("/offices/traffic-police/clerks", "", "Cookie", session, origin)
                        .statusCode());
        assertEquals(
                403,
                post("/offices/market-regulator/clerks", "", "Cookie", session, origin)
                        .statusCode());
    }

    private static int authorized(String path, String authorization) throws Exception {
        return post(path, "", "Authorization", authorization, "http://elsewhere")
                .statusCode();
    }

    private static String token(StaffRole role, StaffToken.Use use, Duration life, SoftwareKey key) {
        return StaffToken.of("clerk-1", role, use, Instant.now(), life).mint(key);
    }

    private static int bearer(String token) throws Exception {
        return clerk("Authorization", "Bearer " + token, "http://elsewhere").statusCode();
    }

    private static HttpResponse<String> signIn(String link) throws Exception {
        String body = new JsonObject().put("link", link).encode();
        return post(
                "/api/sign-in",
                body,
                "Content-Type",
                "application/json",
                door.base().toString());
    }

    private static HttpResponse<String> clerk(String header, String value, String origin) throws Exception {
        return post("/clerks", "", header, value, origin);
    }

    private static HttpResponse<String> post(String path, String body, String header, String value, String origin)
            throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(door.base().resolve(path))
                        .header(header, value)
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
