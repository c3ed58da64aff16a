package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "What strangers' HTTP clients do: other methods, other origins, parameters and members that we do not know")
class StrangerHttpTest {
    private static final String TYPE = "driving-licence";
    private static TestCity city;
    private static Desk desk;

    @BeforeAll
    static void open() {
        city = new TestCity();
        desk = new Desk(city, city.police);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static RawWallet wallet() {
        return new RawWallet(city.clock).discover(city.issuer(city.police));
    }

    private static List<String> documents() {
        String issuer = city.issuer(city.police);
        return List.of(
                RawWallet.wellKnown(issuer, "openid-credential-issuer"),
                RawWallet.wellKnown(issuer, "oauth-authorization-server"),
                RawWallet.wellKnown(issuer, "jwt-vc-issuer"),
                issuer + "/jwks",
                city.base() + "/types/" + TYPE);
    }

    @Test
    @DisplayName("RFC 9110 §9.3.2: each public document answers HEAD as it answers GET, without a body")
    void head() {
        for (String document : documents()) {
            Http.Answer head = Http.send("HEAD", document, new byte[0]);
            assertEquals(200, head.status(), document);
            assertEquals("application/json", head.header("Content-Type").orElseThrow());
            assertEquals("", head.text());
        }
    }

    @Test
    @DisplayName("RFC 9126 §2.3, RFC 9110 §15.5.6: another method than POST is 405 at the endpoints, with Allow")
    void methods() {
        RawWallet wallet = wallet();
        for (String endpoint : List.of(
                "pushed_authorization_request_endpoint",
                "token_endpoint",
                "nonce_endpoint",
                "credential_endpoint",
                "deferred_credential_endpoint",
                "notification_endpoint")) {
            for (String method : List.of("GET", "PUT", "DELETE")) {
                Http.Answer answer = Http.send(method, wallet.endpoint(endpoint), new byte[0]);
                assertEquals(405, answer.status(), method + " " + endpoint);
                assertTrue(answer.header("Allow").orElseThrow().contains("POST"), method + " " + endpoint);
            }
        }
    }

    @Test
    @DisplayName(
            "Fetch, CORS: a wallet that is a web page may call what any wallet calls, and read DPoP-Nonce; the desk may"
                    + " not be called so")
    void otherOrigins() {
        RawWallet wallet = wallet();
        for (String endpoint :
                List.of("token_endpoint", "credential_endpoint", "pushed_authorization_request_endpoint")) {
            Http.Answer asked = Http.send(
                    "OPTIONS",
                    wallet.endpoint(endpoint),
                    new byte[0],
                    "Origin",
                    "https://wallet.example",
                    "Access-Control-Request-Method",
                    "POST",
                    "Access-Control-Request-Headers",
                    "authorization,dpop,oauth-client-attestation,content-type");
            assertEquals(2, asked.status() / 100, asked::text);
            assertEquals("*", asked.header("Access-Control-Allow-Origin").orElseThrow());
            String allowed = asked.header("Access-Control-Allow-Headers").orElseThrow();
            assertTrue(allowed.contains("DPoP") && allowed.contains("OAuth-Client-Attestation-PoP"), allowed);
        }
        Http.Answer nonce =
                Http.send("POST", wallet.endpoint("nonce_endpoint"), new byte[0], "Origin", "https://wallet.example");
        assertTrue(nonce.header("Access-Control-Expose-Headers").orElseThrow().contains("DPoP-Nonce"));
        Http.Answer lists =
                Http.get(wallet.endpoint("status_list_aggregation_endpoint"), "Origin", "https://wallet.example");
        assertEquals("*", lists.header("Access-Control-Allow-Origin").orElseThrow());
        assertTrue(Http.get(city.base() + "/api/tenants", "Origin", "https://wallet.example")
                .header("Access-Control-Allow-Origin")
                .isEmpty());
    }

    @Test
    @DisplayName("RFC 6749 §3.1, OpenID4VCI 1.0 §8.2, §11.1: parameters and members that we do not know are ignored")
    void unknownMembers() {
        RawWallet wallet = wallet();
        Map<String, Object> offer = RawWallet.offer(desk.offer(Map.of(), TYPE).string("link"));
        Http.Answer token = wallet.token(Map.of(
                "grant_type",
                RawWallet.PRE_AUTHORIZED,
                "pre-authorized_code",
                RawWallet.code(offer),
                "resource",
                "https://example.com",
                "invented",
                "1"));
        assertEquals(200, token.status(), token::text);
        Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), SoftwareKey.generate());
        request.put("invented", Map.of("a", 1L));
        Http.Answer given = wallet.credential(request);
        assertEquals(200, given.status(), given::text);
        Map<String, Object> heard = Map.of(
                "notification_id",
                given.string("notification_id"),
                "event",
                "credential_accepted",
                "event_description",
                "Stored.",
                "invented",
                true);
        assertEquals(
                204,
                wallet.call(wallet.endpoint("notification_endpoint"), heard).status());
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 §12.2.2, RFC 9110 §12.5.1: metadata by Accept, with charset, wildcards and no field at all")
    void accept() {
        String document = documents().getFirst();
        for (String plain : List.of("application/json; charset=utf-8", "*/*", "application/*", "text/html,*/*;q=0.8")) {
            assertEquals(
                    "application/json",
                    Http.get(document, "Accept", plain).header("Content-Type").orElseThrow(),
                    plain);
        }
        for (String signed : List.of("application/jwt", "Application/JWT", "application/jwt, application/json;q=0.5")) {
            assertEquals(
                    "application/jwt",
                    Http.get(document, "Accept", signed).header("Content-Type").orElseThrow(),
                    signed);
        }
    }

    @Test
    @DisplayName(
            "RFC 6749 appendix A.1: a character that no name has and no database takes is the client's fault, not ours")
    void zero() {
        RawWallet wallet = wallet();
        wallet.tokenFor(RawWallet.offer(desk.offer(Map.of(), TYPE).string("link")));
        Map<String, String> named = Map.of("grant_type", "refresh_token", "refresh_token", "a", "client_id", "a\0b");
        Map<String, String> heard = Map.of("notification_id", "a\0b", "event", "credential_accepted");
        for (Http.Answer answer : List.of(
                Http.postForm(wallet.endpoint("token_endpoint"), named),
                Http.postForm(wallet.endpoint("pushed_authorization_request_endpoint"), named),
                wallet.call(wallet.endpoint("notification_endpoint"), heard))) {
            assertEquals(400, answer.status(), answer::text);
        }
        assertEquals(404, Http.get(city.issuer(city.police) + "/offers/a%00b").status());
    }

    @Test
    @DisplayName("RFC 9110 §12.5.5: what may be compressed for who takes that says so to caches")
    void compression() {
        for (String document : documents()) {
            String vary = Http.get(document).header("Vary").orElseThrow().toLowerCase(Locale.ROOT);
            assertTrue(vary.contains("accept-encoding"), document);
        }
    }

    @Test
    @DisplayName("RFC 6749 §5.1, §5.2, OpenID4VCI 1.0 §8.3: neither tokens nor credentials nor refusals are cached")
    void caching() {
        RawWallet wallet = wallet();
        Http.Answer token =
                wallet.tokenFor(RawWallet.offer(desk.offer(Map.of(), TYPE).string("link")));
        Http.Answer given = wallet.credential(TYPE, SoftwareKey.generate());
        Http.Answer refused = wallet.credential(Map.of("credential_configuration_id", "none"));
        for (Http.Answer answer : List.of(token, given, refused)) {
            assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
        }
        assertTrue(
                List.of("error", "error_description").containsAll(refused.json().keySet()));
    }
}
