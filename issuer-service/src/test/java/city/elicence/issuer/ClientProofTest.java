package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.staff.StaffRole;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Client authentication: RFC 6749 §2.3 and §6, FAPI 2.0 Security Profile §5.3.2, HAIP 1.0 §4.4")
class ClientProofTest extends CodeFlow {

    @BeforeAll
    static void open() {
        openIn(new TestCity());
    }

    private static void register(String id, SoftwareKey key) {
        Map<String, Object> registration =
                Map.of("client_id", id, "jwk", key.publicKey().toJwk());
        String admin = "Bearer " + city.staffToken(StaffRole.ADMIN);
        assertEquals(
                204,
                Http.postJson(city.base() + "/api/clients", registration, "Authorization", admin)
                        .status());
    }

    private static Map<String, String> assertion(String id, SoftwareKey key, Map<String, Object> more) {
        long now = city.clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "iss",
                id,
                "sub",
                id,
                "aud",
                city.issuer(city.police),
                "jti",
                UUID.randomUUID().toString(),
                "exp",
                now + 60));
        claims.putAll(more);
        return Map.of(
                "client_id",
                id,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                Jws.sign(Map.of("typ", "JWT"), claims, key));
    }

    private Http.Answer refresh(String token, Map<String, String> more, String... headers) {
        Map<String, String> form = new HashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", token));
        form.putAll(more);
        String endpoint = wallet.endpoint("token_endpoint");
        wallet.nonce();
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "DPoP";
        all[headers.length + 1] = wallet.dpop("POST", endpoint, null);
        return Http.postForm(endpoint, form, all);
    }

    @Test
    @DisplayName("HAIP 1.0 §4.4-1, RFC 6749 §4.1.3: a code is not redeemed without client authentication")
    void codeNeedsClient() {
        String code = code(Map.of(), attested());
        Http.Answer refused = token(code, VERIFIER);
        assertEquals(401, refused.status(), refused::text);
        assertEquals("invalid_client", refused.error());
        assertEquals(200, token(code, VERIFIER, attested()).status());
    }

    @Test
    @DisplayName(
            "RFC 6749 §6, attestation-based client authentication §10.3: a refresh token is for the instance it was"
                    + " given to, and for no more than was granted")
    void refreshIsBound() {
        Http.Answer given = token(code(Map.of(), attested()), VERIFIER, attested());
        String refresh = given.string("refresh_token");
        Map<String, String> named = Map.of("client_id", CLIENT);
        assertEquals("invalid_client", refresh(refresh, named).error(), "no client authentication");
        SoftwareKey other = SoftwareKey.generate();
        String[] anotherInstance = {
            "OAuth-Client-Attestation",
            attestation(Map.of("cnf", Map.of("jwk", other.publicKey().toJwk()))),
            "OAuth-Client-Attestation-PoP",
            proof(other, Map.of())
        };
        assertEquals("invalid_client", refresh(refresh, named, anotherInstance).error());
        assertEquals(
                "invalid_scope",
                refresh(refresh, Map.of("scope", TYPE + " vehicle-licence"), attested())
                        .error());
        Http.Answer renewed = refresh(refresh, Map.of("scope", TYPE + " " + TYPE), attested());
        assertEquals(200, renewed.status(), renewed::text);
        assertEquals("DPoP", renewed.string("token_type"));
    }

    @Test
    @DisplayName(
            "FAPI 2.0 Security Profile §5.3.2.1: an assertion's aud is this issuer, as a string; times a little ahead"
                    + " are taken, over a minute ahead refused; RFC 7523 §3: iat may be missing, exp not")
    void assertions() {
        String id = "https://web-wallet.example/" + UUID.randomUUID();
        SoftwareKey key = SoftwareKey.generate();
        register(id, key);
        long now = city.clock.instant().getEpochSecond();
        assertEquals(201, push(request(assertion(id, key, Map.of()))).status());
        assertEquals(
                201,
                push(request(assertion(id, key, Map.of("iat", now + 8, "nbf", now + 8))))
                        .status());
        String issuer = city.issuer(city.police);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("aud", List.of(issuer)),
                Map.of("aud", List.of(issuer, "https://other.example")),
                Map.of("aud", issuer + "/token"),
                Map.of("aud", issuer + "/par"),
                Map.of("iat", now + 70),
                Map.of("nbf", now + 70),
                Map.of("exp", now - 1),
                Map.of("exp", now + 86_400),
                Map.of("sub", "another"),
                Map.of("iss", "another"))) {
            Http.Answer answer = push(request(assertion(id, key, wrong)));
            assertEquals(401, answer.status(), wrong.keySet()::toString);
            assertEquals("invalid_client", answer.error());
        }
    }

    @Test
    @DisplayName("OpenID4VCI 1.0 §6.1: a pre-authorised code with a tx_code works with a wallet attestation, with"
            + " private_key_jwt and with no client authentication; a registered client must prove itself")
    void txCodeWithEach() {
        String id = "https://bank.example/" + UUID.randomUUID();
        SoftwareKey key = SoftwareKey.generate();
        register(id, key);
        preAuthorized(Map.of(), attested());
        preAuthorized(Map.of("client_id", CLIENT), attested());
        preAuthorized(assertion(id, key, Map.of()));
        preAuthorized(Map.of());
        preAuthorized(Map.of("client_id", "https://nobody.example"));
        Http.Answer unproved = byTxCode(Map.of("client_id", id));
        assertEquals("invalid_client", unproved.error());
    }

    private void preAuthorized(Map<String, String> client, String... headers) {
        Http.Answer answer = byTxCode(client, headers);
        assertEquals(200, answer.status(), answer::text);
        wallet.accessToken = answer.string("access_token");
        assertTrue(wallet.credential(TYPE, SoftwareKey.generate()).json().containsKey("credentials"));
    }

    private Http.Answer byTxCode(Map<String, String> client, String... headers) {
        Http.Answer made = desk.offer(Map.of("tx_code", true), TYPE);
        Map<String, String> form = new HashMap<>(client);
        form.put("grant_type", RawWallet.PRE_AUTHORIZED);
        form.put("pre-authorized_code", RawWallet.code(RawWallet.offer(made.string("link"))));
        form.put("tx_code", made.string("tx_code"));
        String endpoint = wallet.endpoint("token_endpoint");
        wallet.nonce();
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "DPoP";
        all[headers.length + 1] = wallet.dpop("POST", endpoint, null);
        return Http.postForm(endpoint, form, all);
    }

    private Http.Answer challenged(Object challenge) {
        return push(
                request(Map.of()), headers(attestation(Map.of()), proof(instanceKey, Map.of("challenge", challenge))));
    }

    private static String challenge(String tenant) {
        Http.Answer answer = Http.post(city.issuer(tenant) + "/challenge", "application/json", "");
        assertEquals(200, answer.status(), answer::text);
        assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
        return answer.string("attestation_challenge");
    }

    @Test
    @DisplayName(
            "Attestation-based client authentication §8: a challenge comes from the challenge endpoint in the metadata, or"
                    + " with an answer; one that is stale, another server's or none of ours is use_attestation_challenge, with a fresh"
                    + " one")
    void challenges() {
        String endpoint = Http.get(RawWallet.wellKnown(city.issuer(city.police), "oauth-authorization-server"))
                .string("challenge_endpoint");
        assertEquals(city.issuer(city.police) + "/challenge", endpoint);
        String first = challenge(city.police);
        Http.Answer taken = challenged(first);
        assertEquals(201, taken.status(), taken::text);
        String next = taken.header("OAuth-Client-Attestation-Challenge").orElseThrow();
        assertEquals(201, challenged(next).status());
        for (Object wrong : List.of("A".repeat(first.length()), challenge(city.bureau), wallet.nonce(), "")) {
            Http.Answer refused = challenged(wrong);
            assertEquals(400, refused.status(), refused::text);
            assertEquals("use_attestation_challenge", refused.error());
            String fresh = refused.header("OAuth-Client-Attestation-Challenge").orElseThrow();
            assertEquals(201, challenged(fresh).status());
        }
        assertEquals("invalid_client", challenged(7L).error());
        String old = challenge(city.police);
        city.clock.move(Duration.ofMinutes(6));
        assertEquals("use_attestation_challenge", challenged(old).error());
        assertEquals(201, challenged(challenge(city.police)).status());
    }

    @Test
    @DisplayName(
            "Attestation-based client authentication §12.1: a proof of possession counts once, with a challenge that is"
                    + " still fresh as without, and at both endpoints together")
    void replayedProof() {
        for (Map<String, Object> claims :
                List.of(Map.<String, Object>of("challenge", challenge(city.police)), Map.<String, Object>of())) {
            String[] once = headers(attestation(Map.of()), proof(instanceKey, claims));
            String code = code(Map.of(), once);
            Http.Answer replayed = token(code, VERIFIER, once);
            assertEquals(401, replayed.status(), replayed::text);
            assertEquals("invalid_client", replayed.error());
            assertEquals(200, token(code, VERIFIER, attested()).status());
        }
    }
}
