package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusReference;
import city.elicence.sm2.Sm2;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VCI 1.0 §7, §8 and Appendix F at the credential endpoint")
class CredentialEndpointTest {
    private static final String TYPE = "driving-licence";
    private static TestCity city;
    private static Desk desk;
    private final SoftwareKey key = SoftwareKey.generate();
    private RawWallet wallet = new RawWallet(new MovableClock());

    @BeforeAll
    static void open() {
        city = new TestCity();
        desk = new Desk(city, city.police);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @BeforeEach
    void token() {
        wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        assertEquals(200, wallet.tokenFor(desk.offered(TYPE)).status());
    }

    private String errorFor(String proof) {
        Map<String, Object> request =
                Map.of("credential_configuration_id", TYPE, "proofs", Map.of("jwt", List.of(proof)));
        Http.Answer answer = wallet.credential(request);
        assertEquals(400, answer.status(), answer::text);
        return answer.error();
    }

    private String proof(Map<String, Object> header, Map<String, Object> claims) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("aud", city.issuer(city.police));
        all.put("iat", city.clock.instant().getEpochSecond());
        all.put("nonce", wallet.nonce());
        all.putAll(claims);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("typ", "openid4vci-proof+jwt");
        head.put("jwk", key.publicKey().toJwk());
        head.putAll(header);
        return Jws.sign(head, all, key);
    }

    @Test
    @DisplayName(
            "Appendix F.1: a proof by SM2, or with a key of it, is refused by name where the metadata declare ES256")
    void suiteNotDeclared() {
        SoftwareKey other = SoftwareKey.generate(Sm2.SUITE);
        Http.Answer answer = wallet.credential(TYPE, other);
        assertEquals(400, answer.status(), answer::text);
        assertEquals("invalid_proof", answer.error());
        assertTrue(answer.text().contains("alg: expected ES256"), answer::text);
        assertEquals(
                "invalid_proof", errorFor(proof(Map.of("jwk", other.publicKey().toJwk()), Map.of())));
        assertFalse(Json.write(wallet.metadata).contains(Sm2.SUITE.algorithm()));
    }

    @Test
    @DisplayName(
            "RFC 6750 §3: without a token, or by another scheme, 401 and the schemes; with a wrong one invalid_token")
    void noToken() {
        String endpoint = wallet.endpoint("credential_endpoint");
        Http.Answer none = Http.postJson(endpoint, Map.of());
        assertEquals(401, none.status());
        assertTrue(none.header("WWW-Authenticate").orElseThrow().contains("DPoP"));
        Http.Answer wrong = Http.postJson(endpoint, Map.of(), "Authorization", "Bearer wrong");
        assertEquals(401, wrong.status());
        assertEquals("invalid_token", wrong.error());
        Http.Answer foreign = Http.postJson(endpoint, Map.of(), "Authorization", "DPoP " + "a.".repeat(400) + "b");
        assertEquals(401, foreign.status(), "a token of somebody else's making, which is long");
        String challenge = foreign.header("WWW-Authenticate").orElseThrow();
        assertTrue(challenge.startsWith("DPoP") && challenge.contains("error=\"invalid_token\""), challenge);
        Http.Answer basic = Http.postJson(endpoint, Map.of(), "Authorization", "Basic YTpi");
        assertEquals(401, basic.status());
        assertEquals(none.header("WWW-Authenticate"), basic.header("WWW-Authenticate"), "§3.1: no error code");
        assertEquals(
                400,
                Http.postJson(endpoint, Map.of(), "Authorization", "Bearer").status());
    }

    @Test
    @DisplayName("RFC 6750 §2.3, RFC 9700 §4.3.2: a token in the query is refused")
    void tokenInQuery() {
        String endpoint = wallet.endpoint("credential_endpoint") + "?access_token=" + wallet.accessToken;
        Http.Answer answer = Http.postJson(endpoint, wallet.request(TYPE, wallet.nonce(), key));
        assertEquals(400, answer.status());
        assertEquals("invalid_request", answer.error());
    }

    @Test
    @DisplayName("RFC 9449 §7.1: a bound token is not taken as a bearer token, nor with a proof by another key")
    void binding() {
        String endpoint = wallet.endpoint("credential_endpoint");
        Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), key);
        Http.Answer bearer = Http.postJson(endpoint, request, "Authorization", "Bearer " + wallet.accessToken);
        assertEquals("invalid_token", bearer.error());
        String theirs = wallet.dpop(SoftwareKey.generate(), "POST", endpoint, wallet.accessToken, wallet.dpopNonce);
        Http.Answer other =
                Http.postJson(endpoint, request, "Authorization", "DPoP " + wallet.accessToken, "DPoP", theirs);
        assertEquals(401, other.status());
        assertEquals("invalid_token", other.error());
        String withoutHash = wallet.dpop("POST", endpoint, null);
        Http.Answer unhashed =
                Http.postJson(endpoint, request, "Authorization", "DPoP " + wallet.accessToken, "DPoP", withoutHash);
        assertEquals("invalid_dpop_proof", unhashed.error());
    }

    @Test
    @DisplayName("§8.3.1.2: a missing name, two names, or a body that is not JSON are invalid_credential_request")
    void form() {
        Map<String, Object> proofs = Map.of("jwt", wallet.proofs(wallet.nonce(), key));
        assertEquals(
                "invalid_credential_request",
                wallet.credential(Map.of("proofs", proofs)).error());
        Map<String, Object> both =
                Map.of("credential_configuration_id", TYPE, "credential_identifier", "x", "proofs", proofs);
        assertEquals("invalid_credential_request", wallet.credential(both).error());
        String endpoint = wallet.endpoint("credential_endpoint");
        assertEquals(
                "invalid_credential_request",
                wallet.callOnceOrTwice(endpoint, "application/json", "{\"a\":1,\"a\":2}")
                        .error());
        assertEquals(
                "invalid_credential_request",
                wallet.callOnceOrTwice(endpoint, "text/plain", "{}").error());
    }

    @Test
    @DisplayName(
            "§8.3.1.2: an unknown configuration is unknown_credential_configuration; one not authorised is insufficient_scope")
    void configuration() {
        assertEquals(
                "unknown_credential_configuration",
                wallet.credential("marriage", key).error());
        Http.Answer other = wallet.credential("vehicle-licence", key);
        assertEquals(403, other.status());
        assertEquals("insufficient_scope", other.error());
    }

    @Test
    @DisplayName("§8.3.1.2: missing proofs, an empty list, another type, or too many are invalid_proof")
    void proofs() {
        assertEquals(
                "invalid_proof",
                wallet.credential(Map.of("credential_configuration_id", TYPE)).error());
        for (Map<String, Object> proofs : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("jwt", List.of()),
                Map.of("di_vp", List.of("x")),
                Map.of("jwt", List.of("x"), "attestation", List.of("y")),
                Map.of("jwt", "x"),
                Map.of("jwt", java.util.Collections.nCopies(6, "x")))) {
            Map<String, Object> request = Map.of("credential_configuration_id", TYPE, "proofs", proofs);
            assertEquals("invalid_proof", wallet.credential(request).error());
        }
        Map<String, Object> twice = wallet.request(TYPE, wallet.nonce(), key, key);
        assertEquals("invalid_proof", wallet.credential(twice).error(), "the same key twice");
    }

    @Test
    @DisplayName(
            "F.1: typ, alg, jwk, aud, iat and iss of a jwt proof are checked; alg none and a private key are refused")
    void jwtProof() {
        assertEquals("invalid_proof", errorFor(proof(Map.of("typ", "JWT"), Map.of())));
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("aud", city.issuer(city.bureau)))));
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("aud", List.of(city.issuer(city.police))))));
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("iss", "somebody"))));
        long old = city.clock.instant().minus(Duration.ofHours(1)).getEpochSecond();
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("iat", old))));
        long early = city.clock.instant().plus(Duration.ofHours(1)).getEpochSecond();
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("iat", early))));
        assertEquals("invalid_proof", errorFor(proof(Map.of("jwk", key.toPrivateJwk()), Map.of())));
        assertEquals(
                "invalid_proof",
                errorFor(proof(Map.of("jwk", SoftwareKey.generate().publicKey().toJwk()), Map.of())));
        assertEquals("invalid_proof", errorFor(proof(Map.of("kid", "1"), Map.of())), "jwk and kid together");
        String[] parts = proof(Map.of(), Map.of()).split("\\.", 3);
        Map<String, Object> none = new LinkedHashMap<>();
        none.put("typ", "openid4vci-proof+jwt");
        none.put("alg", "none");
        none.put("jwk", key.publicKey().toJwk());
        String unsigned = Base64Url.encodeText(Json.write(none)) + "." + parts[1] + ".";
        assertEquals("invalid_proof", errorFor(unsigned));
        none.put("alg", "HS256");
        assertEquals(
                "invalid_proof", errorFor(Base64Url.encodeText(Json.write(none)) + "." + parts[1] + "." + parts[2]));
        assertEquals("invalid_proof", errorFor("not a jwt"));
    }

    @Test
    @DisplayName("RFC 7519 §4.1.4, §4.1.5: a key proof after its exp, or long before its nbf, is invalid_proof")
    void lifetimeOfProof() {
        long now = city.clock.instant().getEpochSecond();
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("exp", now))));
        assertEquals("invalid_proof", errorFor(proof(Map.of(), Map.of("nbf", now + 600))));
    }

    @Test
    @DisplayName("§8.3.1.2: no nonce is invalid_proof; a stale, foreign or replayed one invalid_nonce")
    void nonces() {
        assertEquals("invalid_proof", errorFor(wallet.proof(key, city.issuer(city.police), null)));
        assertEquals("invalid_nonce", errorFor(proof(Map.of(), Map.of("nonce", "of my own"))));
        assertEquals("invalid_nonce", errorFor(proof(Map.of(), Map.of("nonce", wallet.dpopNonce))));
        String stale = wallet.proof(key, city.issuer(city.police), wallet.nonce());
        city.clock.move(Duration.ofMinutes(6));
        assertEquals("invalid_nonce", errorFor(stale));
        String nonce = wallet.nonce();
        assertEquals(200, wallet.credential(wallet.request(TYPE, nonce, key)).status());
        assertEquals(
                "invalid_nonce",
                wallet.credential(wallet.request(TYPE, nonce, key)).error());
    }

    @Test
    @DisplayName("§7.2: the nonce endpoint needs no token, is not cached, and brings a DPoP nonce (RFC 9449 §8.2)")
    void nonceEndpoint() {
        Http.Answer first = Http.send("POST", wallet.endpoint("nonce_endpoint"), new byte[0]);
        Http.Answer second = Http.send("POST", wallet.endpoint("nonce_endpoint"), new byte[0]);
        assertEquals(200, first.status());
        assertEquals("no-store", first.header("Cache-Control").orElseThrow());
        assertTrue(first.header("DPoP-Nonce").isPresent());
        assertNotEquals(first.string("c_nonce"), second.string("c_nonce"));
    }

    @Test
    @DisplayName("Exactly once: the same token and keys get the same credential again, until the wallet says it has it")
    void exactlyOnce() {
        Http.Answer given = wallet.credential(TYPE, key);
        String first = RawWallet.credentials(given).getFirst();
        assertEquals(first, RawWallet.credentials(wallet.credential(TYPE, key)).getFirst());
        Map<String, Object> accepted =
                Map.of("notification_id", given.string("notification_id"), "event", "credential_accepted");
        assertEquals(
                204,
                wallet.call(wallet.endpoint("notification_endpoint"), accepted).status());
        assertNotEquals(
                first, RawWallet.credentials(wallet.credential(TYPE, key)).getFirst());
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 §3.3.2: a token bound to a key obtains copies for other keys too; a bearer token does not")
    void forOtherKeys() {
        assertEquals(200, wallet.credential(TYPE, key).status());
        assertEquals(200, wallet.credential(TYPE, SoftwareKey.generate()).status());
        Map<String, Object> offer = RawWallet.offer(desk.offer(Map.of(), TYPE).string("link"));
        String bearer = Http.postForm(
                        wallet.endpoint("token_endpoint"),
                        Map.of("grant_type", RawWallet.PRE_AUTHORIZED, "pre-authorized_code", RawWallet.code(offer)))
                .string("access_token");
        assertEquals(200, byBearer(bearer, key).status());
        assertEquals(200, byBearer(bearer, key).status(), "the answer may have been lost");
        assertEquals(
                "credential_request_denied",
                byBearer(bearer, SoftwareKey.generate()).error());
    }

    private Http.Answer byBearer(String token, SoftwareKey holder) {
        return Http.postJson(
                wallet.endpoint("credential_endpoint"),
                wallet.request(TYPE, wallet.nonce(), holder),
                "Authorization",
                "bearer " + token);
    }

    @Test
    @DisplayName("RFC 9901 §10.1: no credential tells the moment of its issue, and a batch's times lie far apart")
    void times() throws Exception {
        Set<Long> ages = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            String one = RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()))
                    .getFirst();
            long now = city.clock.instant().getEpochSecond();
            ages.add(now - SdJwtVc.of(SdJwt.parse(one)).issuedAt().orElseThrow().getEpochSecond());
        }
        assertTrue(ages.size() > 1 && ages.stream().allMatch(age -> age >= 0 && age <= 3600), ages.toString());
        List<Long> issued = new java.util.ArrayList<>();
        for (String copy :
                RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate(), SoftwareKey.generate()))) {
            issued.add(SdJwtVc.of(SdJwt.parse(copy)).issuedAt().orElseThrow().getEpochSecond());
        }
        assertTrue(Math.abs(issued.get(0) - issued.get(1)) > 120, issued.toString());
    }

    @Test
    @DisplayName(
            "§11: a notification is idempotent, an unknown one invalid_notification_id, an unknown event invalid_notification_request")
    void notification() {
        Http.Answer answer = wallet.credential(TYPE, key);
        String endpoint = wallet.endpoint("notification_endpoint");
        Map<String, Object> accepted =
                Map.of("notification_id", answer.string("notification_id"), "event", "credential_accepted");
        assertEquals(204, wallet.call(endpoint, accepted).status());
        assertEquals(204, wallet.call(endpoint, accepted).status());
        Map<String, Object> unknown = Map.of("notification_id", "x", "event", "credential_accepted");
        assertEquals("invalid_notification_id", wallet.call(endpoint, unknown).error());
        Map<String, Object> odd = Map.of("notification_id", answer.string("notification_id"), "event", "eaten");
        assertEquals("invalid_notification_request", wallet.call(endpoint, odd).error());
        assertEquals(
                "invalid_notification_request", wallet.call(endpoint, Map.of()).error());
        assertEquals(401, Http.postJson(endpoint, accepted).status());
    }

    @Test
    @DisplayName(
            "§3.3.2, HAIP 1.0 §6.1: a batch has distinct keys, distinct unpredictable status places, and no common times")
    void batch() throws Exception {
        SoftwareKey[] keys = new SoftwareKey[5];
        java.util.Arrays.setAll(keys, i -> SoftwareKey.generate());
        List<String> credentials = RawWallet.credentials(wallet.credential(TYPE, keys));
        assertEquals(5, credentials.size());
        Set<Object> places = new HashSet<>();
        Set<Object> issued = new HashSet<>();
        Set<Object> ends = new HashSet<>();
        Set<Object> holders = new HashSet<>();
        long widest = 0;
        long last = -1;
        for (String credential : credentials) {
            SdJwtVc vc = SdJwtVc.of(SdJwt.parse(credential));
            StatusReference status = StatusReference.fromClaim(vc.status().orElseThrow());
            places.add(status);
            widest = last < 0 ? 0 : Math.max(widest, Math.abs(status.index() - last));
            last = status.index();
            issued.add(vc.issuedAt().orElseThrow());
            ends.add(vc.expires().orElseThrow());
            holders.add(vc.holderKey().orElseThrow());
        }
        assertEquals(List.of(5, 5, 5, 5), List.of(places.size(), issued.size(), ends.size(), holders.size()));
        assertTrue(widest > 5, "neighbours in a batch are not neighbours in the list");
    }

    @Test
    @DisplayName("§9: a licence that is not ready is deferred: 202, transaction_id, interval; later it is there, once")
    void deferred() {
        Http.Answer made = desk.offer(Map.of("ready_in_seconds", 120L), TYPE);
        wallet.tokenFor(RawWallet.offer(made.string("link")));
        Http.Answer later = wallet.credential(TYPE, key);
        assertEquals(202, later.status());
        assertTrue(later.json().containsKey("interval"));
        Map<String, Object> request = Map.of("transaction_id", later.string("transaction_id"));
        String endpoint = wallet.endpoint("deferred_credential_endpoint");
        Http.Answer still = wallet.call(endpoint, request);
        assertEquals(202, still.status());
        assertEquals(later.string("transaction_id"), still.string("transaction_id"));
        city.clock.move(Duration.ofMinutes(3));
        assertEquals(1, RawWallet.credentials(wallet.call(endpoint, request)).size());
        assertEquals("invalid_transaction_id", wallet.call(endpoint, request).error());
        assertEquals(
                "invalid_transaction_id",
                wallet.call(endpoint, Map.of("transaction_id", "x")).error());
    }

    @Test
    @DisplayName("Oversize input is refused before it is read")
    void oversize() {
        String endpoint = wallet.endpoint("credential_endpoint");
        Http.Answer answer = wallet.callOnceOrTwice(endpoint, "application/json", "\"" + "x".repeat(600_000) + "\"");
        assertEquals(413, answer.status());
        assertFalse(answer.text().contains("at city."), "no stack trace");
    }
}
