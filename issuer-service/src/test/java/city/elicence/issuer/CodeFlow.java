package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** A wallet and a citizen's browser in the authorization code flow, by the texts alone, for tests that meddle with each step. */
abstract class CodeFlow {
    static final String TYPE = "driving-licence";
    static final String REDIRECT = "wallet.test:/cb";
    static final String CLIENT = "https://wallet.example";
    static final String VERIFIER = "a-code-verifier-that-is-long-enough-for-rfc-7636-really";
    /** Each class opens its own ({@link #openIn}), before its first test. */
    @SuppressWarnings("NullAway.Init")
    static TestCity city;

    @SuppressWarnings("NullAway.Init")
    static Desk desk;

    static String number = "";
    final SoftwareKey providerKey = SoftwareKey.generate();
    final SoftwareKey instanceKey = SoftwareKey.generate();
    RawWallet wallet = new RawWallet(new MovableClock());

    /** Before all tests: a city in whose register the citizen of these tests is known. */
    static void openIn(TestCity made) {
        city = made;
        desk = new Desk(city, city.police);
        Map<String, Object> claims = desk.sample(TYPE);
        assertEquals(
                204,
                desk.post("register", Map.of("type", TYPE, "claims", claims)).status());
        var subject = Catalogue.builtIn().type(TYPE).orElseThrow().subject();
        number = String.valueOf(
                java.util.Objects.requireNonNull(subject).select(claims).getFirst());
    }

    /** A service that goes on beside the next class would sign that one's lists, by a clock of its own. */
    @AfterAll
    static void closeCity() {
        city.close();
    }

    @BeforeEach
    void discover() {
        wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
    }

    String attestation(Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", CLIENT);
        claims.put("exp", city.clock.instant().plus(Duration.ofHours(1)).getEpochSecond());
        claims.put("cnf", Map.of("jwk", instanceKey.publicKey().toJwk()));
        claims.putAll(more);
        List<String> x5c =
                city.walletProvider.chainFor(providerKey, "provider", "").toX5c();
        return Jws.sign(Map.of("typ", "oauth-client-attestation+jwt", "x5c", x5c), claims, providerKey);
    }

    String proof(SoftwareKey key, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", city.issuer(city.police));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", city.clock.instant().getEpochSecond());
        claims.putAll(more);
        return Jws.sign(Map.of("typ", "oauth-client-attestation-pop+jwt"), claims, key);
    }

    String[] attested() {
        return new String[] {
            "OAuth-Client-Attestation", attestation(Map.of()),
            "OAuth-Client-Attestation-PoP", proof(instanceKey, Map.of())
        };
    }

    static Map<String, String> request(Map<String, String> more) {
        Map<String, String> form = new HashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                CLIENT,
                "redirect_uri",
                REDIRECT,
                "scope",
                TYPE,
                "state",
                "a state",
                "code_challenge",
                Base64Url.encode(RawWallet.sha256(VERIFIER)),
                "code_challenge_method",
                "S256"));
        form.putAll(more);
        form.values().removeIf(String::isEmpty);
        return form;
    }

    Http.Answer push(Map<String, String> form, String... headers) {
        return Http.postForm(wallet.endpoint("pushed_authorization_request_endpoint"), form, headers);
    }

    /** A browser at the authorization endpoint: returns its cookie. */
    String browse(String requestUri) {
        Http.Answer page = Http.get(wallet.endpoint("authorization_endpoint") + "?client_id=" + Http.encoded(CLIENT)
                + "&request_uri=" + Http.encoded(requestUri));
        assertEquals(200, page.status(), page::text);
        assertTrue(page.text().contains("驾驶证"), "the page says which licence is asked for");
        String cookie = page.header("Set-Cookie").orElseThrow();
        String attributes = cookie.toLowerCase(Locale.ROOT);
        assertTrue(attributes.contains("httponly") && attributes.contains("samesite=lax"), cookie);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    Http.Answer signIn(String requestUri, String cookie, String code) {
        Map<String, String> form = Map.of("state", requestUri, "number", number, "code", code);
        return Http.postForm(city.issuer(city.police) + "/authorize/return", form, "Cookie", cookie);
    }

    static String counterCode() {
        return desk.post("sign-in-codes", Map.of("number", number)).string("code");
    }

    static Map<String, String> back(Http.Answer redirect) {
        assertEquals(303, redirect.status(), redirect::text);
        String location = redirect.header("Location").orElseThrow();
        assertTrue(location.startsWith(REDIRECT + "?"), location);
        Map<String, String> query = new HashMap<>();
        for (String pair : location.substring(location.indexOf('?') + 1).split("&", -1)) {
            query.put(
                    pair.substring(0, pair.indexOf('=')),
                    URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    String code(Map<String, String> more, String... headers) {
        String requestUri = push(request(more), headers).string("request_uri");
        String cookie = browse(requestUri);
        return RawWallet.text(new HashMap<>(back(signIn(requestUri, cookie, counterCode()))), "code");
    }

    Http.Answer token(String code, String verifier, String... headers) {
        String endpoint = wallet.endpoint("token_endpoint");
        wallet.nonce();
        Map<String, String> form = Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "code", code,
                "redirect_uri", REDIRECT,
                "code_verifier", verifier);
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "DPoP";
        all[headers.length + 1] = wallet.dpop("POST", endpoint, null);
        Http.Answer answer = Http.postForm(endpoint, form, all);
        if (answer.status() == 200) {
            wallet.accessToken = answer.string("access_token");
        }
        return answer;
    }

    static Map<String, String> assertion(SoftwareKey key) {
        Map<String, Object> claims = Map.of(
                "iss", CLIENT,
                "sub", CLIENT,
                "aud", city.issuer(city.police),
                "jti", UUID.randomUUID().toString(),
                "iat", city.clock.instant().getEpochSecond(),
                "exp", city.clock.instant().plusSeconds(60).getEpochSecond());
        return Map.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                Jws.sign(Map.of("typ", "JWT"), claims, key));
    }

    static String[] headers(String attestation, String proof) {
        return new String[] {"OAuth-Client-Attestation", attestation, "OAuth-Client-Attestation-PoP", proof};
    }
}
