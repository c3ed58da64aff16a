package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.citizen.IdentityProvider;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Citizens sign in at a city's identity platform: OpenID Connect Core 1.0 §3.1 with PKCE and nonce")
class ProviderSignInTest extends CodeFlow {
    private static final SoftwareKey KEY = SoftwareKey.generate();
    private static HttpServer provider;
    private static String issuer = "";
    private static Map<String, String> tokenRequest = Map.of();
    private static String authorization = "";
    private static Map<String, Object> said = Map.of();
    private static SoftwareKey signer = KEY;

    @BeforeAll
    static void open() {
        try {
            provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        provider.createContext("/.well-known/openid-configuration", x -> answer(x, configuration()));
        provider.createContext("/keys", x -> answer(x, Map.of("keys", List.of(jwk()))));
        provider.createContext("/token", ProviderSignInTest::token);
        provider.start();
        openIn(TestCity.with(new IdentityProvider(
                URI.create(issuer), "the issuer", new IdentityProvider.Secret("s3cret & more"), "number")));
    }

    @AfterAll
    static void end() {
        provider.stop(0);
    }

    @BeforeEach
    void honest() {
        signer = KEY;
        said = Map.of();
    }

    private static Map<String, Object> configuration() {
        return Map.of(
                "issuer", issuer,
                "authorization_endpoint", issuer + "/authorize?kind=citizen",
                "token_endpoint", issuer + "/token",
                "jwks_uri", issuer + "/keys");
    }

    private static Map<String, Object> jwk() {
        Map<String, Object> jwk = new LinkedHashMap<>(KEY.publicKey().toJwk());
        jwk.put("kid", "k1");
        return jwk;
    }

    private static void token(HttpExchange x) throws IOException {
        authorization = x.getRequestHeaders().getFirst("Authorization");
        tokenRequest = parameters(new String(x.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        long now = city.clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(
                Map.of("iss", issuer, "aud", "the issuer", "sub", "1", "iat", now, "exp", now + 60, "number", number));
        claims.putAll(said);
        answer(x, Map.of("id_token", Jws.sign(Map.of("kid", "k1"), claims, signer), "token_type", "Bearer"));
    }

    private static void answer(HttpExchange x, Map<String, Object> json) throws IOException {
        byte[] body = Json.write(json).getBytes(StandardCharsets.UTF_8);
        x.getResponseHeaders().set("Content-Type", "application/json");
        x.sendResponseHeaders(200, body.length);
        x.getResponseBody().write(body);
        x.close();
    }

    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** Where the page sends the citizen. */
    static URI providerLink(String page) {
        Matcher link =
                Pattern.compile("<a class=\"button main\" href=\"([^\"]+)\"").matcher(page);
        assertTrue(link.find(), page);
        return URI.create(link.group(1).replace("&amp;", "&"));
    }

    /** A request, opened in a browser: its cookie, and what goes to the provider. */
    private record Opened(String cookie, Map<String, String> asked) {}

    private Opened opened() {
        String requestUri = push(request(Map.of()), attested()).string("request_uri");
        Http.Answer page = Http.get(wallet.endpoint("authorization_endpoint") + "?client_id=" + Http.encoded(CLIENT)
                + "&request_uri=" + Http.encoded(requestUri));
        assertEquals(200, page.status(), page::text);
        assertTrue(page.text().contains("驾驶证"), "the page says what is asked for");
        URI link = providerLink(page.text());
        assertTrue(link.toString().startsWith(issuer + "/authorize?kind=citizen&"));
        String cookie = page.header("Set-Cookie").orElseThrow();
        return new Opened(cookie.substring(0, cookie.indexOf(';')), parameters(link.getRawQuery()));
    }

    private Map<String, String> comeBack(Opened opened, String query) {
        return back(Http.get(
                city.issuer(city.police) + "/authorize/return?state="
                        + Http.encoded(String.valueOf(opened.asked().get("state"))) + query,
                "Cookie",
                opened.cookie()));
    }

    @Test
    @DisplayName(
            "§3.1.2, RFC 7636: the citizen is sent with nonce and S256 challenge; the code is redeemed with its verifier;"
                    + " the licence is that of the number in the ID token")
    void signsIn() throws Exception {
        Opened opened = opened();
        Map<String, String> asked = opened.asked();
        assertEquals("code", asked.get("response_type"));
        assertEquals("openid", asked.get("scope"));
        assertEquals("S256", asked.get("code_challenge_method"));
        said = Map.of("nonce", String.valueOf(asked.get("nonce")));
        Map<String, String> back = comeBack(opened, "&code=abc&iss=" + Http.encoded(issuer) + "&session_state=x");
        String verifier = String.valueOf(tokenRequest.get("code_verifier"));
        assertEquals(asked.get("code_challenge"), Base64Url.encode(RawWallet.sha256(verifier)));
        assertEquals(asked.get("redirect_uri"), tokenRequest.get("redirect_uri"));
        assertEquals(
                "the+issuer:s3cret+%26+more",
                new String(java.util.Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8),
                "RFC 6749 §2.3.1");
        assertEquals(
                200,
                token(String.valueOf(back.get("code")), VERIFIER, attested()).status());
        assertEquals(200, wallet.credential(TYPE, SoftwareKey.generate()).status());
    }

    @Test
    @DisplayName("§3.1.3.7: an ID token of another issuer, client, time, nonce or key opens nothing: access_denied")
    void refuses() {
        long now = city.clock.instant().getEpochSecond();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("iss", "https://other.example"),
                Map.of("aud", "another"),
                Map.of("aud", List.of("the issuer", "another")),
                Map.of("exp", now - 300),
                Map.of("iat", now + 300),
                Map.of("nonce", "another"),
                Map.of("number", 7L))) {
            Opened opened = opened();
            Map<String, Object> claims =
                    new HashMap<>(Map.of("nonce", String.valueOf(opened.asked().get("nonce"))));
            claims.putAll(wrong);
            said = claims;
            assertEquals("access_denied", comeBack(opened, "&code=abc").get("error"), wrong::toString);
        }
        Opened opened = opened();
        said = Map.of("nonce", String.valueOf(opened.asked().get("nonce")));
        signer = SoftwareKey.generate();
        assertEquals("access_denied", comeBack(opened, "&code=abc").get("error"), "another key");
    }

    @Test
    @DisplayName(
            "RFC 9207 §2.4, RFC 6749 §4.1.2.1: an answer of another provider, or a refusal, goes back as access_denied")
    void otherAnswers() {
        assertEquals(
                "access_denied",
                comeBack(opened(), "&code=abc&iss=https%3A%2F%2Fother.example").get("error"));
        assertEquals("access_denied", comeBack(opened(), "&error=access_denied").get("error"));
    }

    @Test
    @DisplayName("A citizen's answer counts in the browser that was sent, and there once")
    void boundToBrowser() {
        Opened mine = opened();
        said = Map.of("nonce", String.valueOf(mine.asked().get("nonce")));
        String address = city.issuer(city.police) + "/authorize/return?code=abc&state="
                + Http.encoded(String.valueOf(mine.asked().get("state")));
        assertEquals(
                "invalid_request",
                Http.get(address, "Cookie", opened().cookie()).error());
        assertTrue(comeBack(mine, "&code=abc").containsKey("code"));
        assertEquals(
                "invalid_request", Http.get(address, "Cookie", mine.cookie()).error());
    }
}
