package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VCI 1.0 §6 and RFC 9449 at the token endpoint")
class TokenEndpointTest {
    private static TestCity city;
    private static Desk desk;
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
    void discover() {
        wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
    }

    private Http.Answer post(Map<String, String> form, String... headers) {
        return Http.postForm(wallet.endpoint("token_endpoint"), form, headers);
    }

    private static Map<String, String> preAuthorized(String code) {
        return Map.of("grant_type", RawWallet.PRE_AUTHORIZED, "pre-authorized_code", code);
    }

    @Test
    @DisplayName("RFC 6749 §5.2: another grant type is unsupported_grant_type, none is invalid_request")
    void grantType() {
        assertEquals(
                "unsupported_grant_type", post(Map.of("grant_type", "password")).error());
        assertEquals("invalid_request", post(Map.of("client_id", "x")).error());
    }

    @Test
    @DisplayName("RFC 6749 §3.2: a body that is no form, and a parameter that comes twice, are invalid_request")
    void form() {
        String endpoint = wallet.endpoint("token_endpoint");
        assertEquals(
                "invalid_request",
                Http.postJson(endpoint, Map.of("grant_type", "x")).error());
        String twice = "grant_type=refresh_token&grant_type=refresh_token";
        assertEquals(
                "invalid_request",
                Http.post(endpoint, "application/x-www-form-urlencoded", twice).error());
    }

    @Test
    @DisplayName("§6.3: a wrong pre-authorised code, and one whose time is over, are invalid_grant")
    void wrongCode() {
        assertEquals("invalid_grant", post(preAuthorized("no such code")).error());
        Map<String, Object> offer = desk.offered("driving-licence");
        city.clock.move(Duration.ofHours(1));
        assertEquals("invalid_grant", wallet.tokenFor(offer).error());
    }

    @Test
    @DisplayName(
            "§6.3: a missing or unexpected tx_code is invalid_request, a wrong one invalid_grant; after three the offer is dead")
    void txCode() {
        Http.Answer made = desk.offer(Map.of("tx_code", true), "driving-licence");
        String right = made.string("tx_code");
        Map<String, Object> offer = RawWallet.offer(made.string("link"));
        assertTrue(RawWallet.object(RawWallet.object(offer, "grants"), RawWallet.PRE_AUTHORIZED)
                .containsKey("tx_code"));
        String code = RawWallet.code(offer);
        assertEquals("invalid_request", wallet.token(preAuthorized(code)).error());
        String wrong = right.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 3; i++) {
            assertEquals("invalid_grant", withTxCode(code, wrong).error());
        }
        assertEquals("invalid_grant", withTxCode(code, right).error());
        String plain = RawWallet.code(desk.offered("driving-licence"));
        assertEquals("invalid_request", withTxCode(plain, "123456").error());
    }

    @Test
    @DisplayName("§6.1: the right tx_code is taken, after a wrong one too")
    void rightTxCode() {
        Http.Answer made = desk.offer(Map.of("tx_code", true), "driving-licence");
        String right = made.string("tx_code");
        String code = RawWallet.code(RawWallet.offer(made.string("link")));
        assertEquals(
                "invalid_grant",
                withTxCode(code, right.equals("999999") ? "1" : "999999").error());
        assertEquals(200, withTxCode(code, right).status());
    }

    private Http.Answer withTxCode(String code, String txCode) {
        return wallet.token(
                Map.of("grant_type", RawWallet.PRE_AUTHORIZED, "pre-authorized_code", code, "tx_code", txCode));
    }

    @Test
    @DisplayName("RFC 6749 §4.1.2: a code used twice is refused, and what it gave is revoked")
    void codeTwice() {
        Map<String, Object> offer = desk.offered("driving-licence");
        assertEquals(200, wallet.tokenFor(offer).status());
        RawWallet thief = new RawWallet(city.clock).discover(city.issuer(city.police));
        assertEquals("invalid_grant", thief.tokenFor(offer).error());
        Http.Answer answer = wallet.credential("driving-licence", SoftwareKey.generate());
        assertEquals(401, answer.status());
        assertEquals("invalid_token", answer.error());
    }

    @Test
    @DisplayName("§4.1.3: an offer that was taken can no longer be fetched")
    void offerGone() {
        Http.Answer made = desk.offer("driving-licence");
        Map<String, Object> offer = RawWallet.offer(made.string("link"));
        wallet.tokenFor(offer);
        assertEquals(
                "not_found",
                Http.get(city.issuer(city.police) + "/offers/" + made.string("id"))
                        .error());
    }

    @Test
    @DisplayName("§4.1.2: the offer by value is the same object")
    void byValue() {
        Http.Answer made = desk.offer("driving-licence");
        assertEquals(RawWallet.offer(made.string("link")), RawWallet.offer(made.string("link_by_value")));
    }

    @Test
    @DisplayName("RFC 9449 §8: a proof without our nonce is told use_dpop_nonce and given one")
    void dpopNonce() {
        String endpoint = wallet.endpoint("token_endpoint");
        Map<String, String> form = preAuthorized(RawWallet.code(desk.offered("driving-licence")));
        Http.Answer answer = post(form, "DPoP", wallet.dpop("POST", endpoint, null));
        assertEquals(400, answer.status());
        assertEquals("use_dpop_nonce", answer.error());
        assertFalse(answer.header("DPoP-Nonce").orElseThrow().isEmpty());
    }

    @Test
    @DisplayName(
            "RFC 9449 §8.2: an offer that is fetched brings the nonce of the first proof, which is then not refused")
    void nonceWithOffer() {
        Http.Answer made = desk.offer("driving-licence");
        String code = RawWallet.code(RawWallet.offer(made.string("link")));
        String nonce = Http.get(city.issuer(city.police) + "/offers/" + made.string("id"))
                .header("DPoP-Nonce")
                .orElseThrow();
        String endpoint = wallet.endpoint("token_endpoint");
        String proof = wallet.dpop(SoftwareKey.generate(), "POST", endpoint, null, nonce);
        assertEquals(200, post(preAuthorized(code), "DPoP", proof).status());
    }

    @Test
    @DisplayName("RFC 9449 §4.3: htm, htu, signature, jti and the number of proofs are checked")
    void dpopProof() {
        String endpoint = wallet.endpoint("token_endpoint");
        wallet.nonce();
        Map<String, String> form = preAuthorized(RawWallet.code(desk.offered("driving-licence")));
        SoftwareKey key = wallet.dpopKey;
        String nonce = wallet.dpopNonce;
        assertEquals(
                "invalid_dpop_proof",
                post(form, "DPoP", wallet.dpop("GET", endpoint, null)).error());
        String elsewhere = city.issuer(city.bureau) + "/token";
        assertEquals(
                "invalid_dpop_proof",
                post(form, "DPoP", wallet.dpop("POST", elsewhere, null)).error());
        String proof = wallet.dpop(key, "POST", endpoint, null, nonce);
        String forged = proof.substring(0, proof.lastIndexOf('.') + 1) + Base64Url.encode(new byte[64]);
        assertEquals("invalid_dpop_proof", post(form, "DPoP", forged).error());
        assertEquals(
                "invalid_dpop_proof", post(form, "DPoP", proof, "DPoP", proof).error());
        assertEquals("invalid_dpop_proof", post(form, "DPoP", "not a proof").error());
        assertEquals(
                "invalid_grant", post(preAuthorized("wrong"), "DPoP", proof).error());
        assertEquals("invalid_dpop_proof", post(form, "DPoP", proof).error(), "the jti was used");
        String shouted = endpoint.replace("http:", "HTTP:") + "?query#fragment";
        String fresh = wallet.dpop(key, "POST", shouted, null, nonce);
        assertEquals(200, post(form, "DPoP", fresh).status(), "none of these used the code up");
    }

    @Test
    @DisplayName(
            "RFC 7519 §4.1.4, §4.1.5, FAPI 2.0 Security Profile §5.3.2.1: a DPoP proof after its exp, or more than 60"
                    + " seconds before its iat or nbf, is invalid_dpop_proof; 10 seconds are taken")
    void lifetimeOfDpopProof() {
        wallet.nonce();
        long now = city.clock.instant().getEpochSecond();
        assertEquals("invalid_dpop_proof", saying(Map.of("exp", now)));
        // With some seconds for a busy machine: the clock goes on.
        assertEquals("invalid_dpop_proof", saying(Map.of("iat", now + 90)));
        assertEquals("invalid_dpop_proof", saying(Map.of("nbf", now + 90)));
        assertEquals("invalid_grant", saying(Map.of("iat", now + 10, "nbf", now + 10, "exp", now + 300)));
    }

    private String saying(Map<String, Object> more) {
        String proof = wallet.dpopSaying(more, "POST", wallet.endpoint("token_endpoint"));
        return post(preAuthorized("any"), "DPoP", proof).error();
    }

    @Test
    @DisplayName("RFC 9449 §5, RFC 6749 §6: a refresh token works for the key it is bound to, and for no other")
    void refresh() {
        Http.Answer token = wallet.tokenFor(desk.offered("driving-licence"));
        Map<String, String> form =
                Map.of("grant_type", "refresh_token", "refresh_token", token.string("refresh_token"));
        RawWallet thief = new RawWallet(city.clock).discover(city.issuer(city.police));
        assertEquals("invalid_grant", thief.token(form).error());
        assertEquals("invalid_grant", post(form).error());
        city.clock.move(Duration.ofMinutes(11));
        assertEquals(
                "invalid_token",
                wallet.credential("driving-licence", SoftwareKey.generate()).error());
        assertEquals(200, wallet.token(form).status());
        assertEquals(
                200,
                wallet.credential("driving-licence", SoftwareKey.generate()).status());
    }

    @Test
    @DisplayName("RFC 6749 §5.1: no cache keeps a token, by Cache-Control and by Pragma")
    void notCached() {
        Http.Answer token = post(preAuthorized(RawWallet.code(desk.offered("driving-licence"))));
        assertEquals("no-store", token.header("Cache-Control").orElseThrow());
        assertEquals("no-cache", token.header("Pragma").orElseThrow());
    }

    @Test
    @DisplayName("OpenID4VCI 1.0 base: a wallet without DPoP gets a bearer token, and no refresh token")
    void bearer() {
        Http.Answer token = post(preAuthorized(RawWallet.code(desk.offered("driving-licence"))));
        assertEquals("Bearer", token.string("token_type"));
        assertFalse(token.json().containsKey("refresh_token"));
        Map<String, Object> request = wallet.request("driving-licence", wallet.nonce(), SoftwareKey.generate());
        String endpoint = wallet.endpoint("credential_endpoint");
        String authorization = "Bearer " + token.string("access_token");
        assertEquals(
                200,
                Http.postJson(endpoint, request, "Authorization", authorization).status());
    }

    @Test
    @DisplayName("§6.2: authorization_details are answered with credential_identifiers, which then must be used (§8.2)")
    void identifiers() throws Exception {
        String details = "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"vehicle-licence\"}]";
        String code = RawWallet.code(desk.offered("driving-licence", "vehicle-licence"));
        Http.Answer token = wallet.token(Map.of(
                "grant_type", RawWallet.PRE_AUTHORIZED,
                "pre-authorized_code", code,
                "authorization_details", details));
        Map<String, Object> detail = Desk.list(token, "authorization_details").getFirst();
        assertEquals("vehicle-licence", detail.get("credential_configuration_id"));
        assertEquals("vehicle-licence", token.string("scope"), "RFC 6749 §5.1: what the token is for");
        Map<String, String> more = Map.of(
                "grant_type", "refresh_token",
                "refresh_token", token.string("refresh_token"),
                "scope", "driving-licence");
        assertEquals("invalid_scope", wallet.token(more).error(), "RFC 6749 §6: it was not granted");
        String id = Fields.of(detail).strings("credential_identifiers").getFirst();
        SoftwareKey key = SoftwareKey.generate();
        assertEquals(
                "invalid_credential_request",
                wallet.credential("vehicle-licence", key).error());
        Map<String, Object> request =
                Map.of("credential_identifier", id, "proofs", Map.of("jwt", wallet.proofs(wallet.nonce(), key)));
        assertEquals(200, wallet.credential(request).status());
        Map<String, Object> unknown =
                Map.of("credential_identifier", "another", "proofs", Map.of("jwt", wallet.proofs(wallet.nonce(), key)));
        assertEquals("unknown_credential_identifier", wallet.credential(unknown).error());
    }

    @Test
    @DisplayName("RFC 9396 §5: authorization_details for what was not offered are invalid_authorization_details")
    void otherDetails() {
        String details = "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"vehicle-licence\"}]";
        String code = RawWallet.code(desk.offered("driving-licence"));
        for (String wrong : new String[] {details, "[]", "{}", "[{\"type\":\"other\"}]"}) {
            assertEquals(
                    "invalid_authorization_details",
                    wallet.token(Map.of(
                                    "grant_type", RawWallet.PRE_AUTHORIZED,
                                    "pre-authorized_code", code,
                                    "authorization_details", wrong))
                            .error());
        }
    }
}
