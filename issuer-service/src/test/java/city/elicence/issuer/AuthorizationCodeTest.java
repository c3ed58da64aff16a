package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.staff.StaffRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Authorization code flow: HAIP 1.0 §4, RFC 9126, RFC 7636, RFC 9207, wallet attestation")
class AuthorizationCodeTest extends CodeFlow {

    @BeforeAll
    static void open() {
        openIn(new TestCity());
    }

    @Test
    @DisplayName(
            "PAR with wallet attestation, sign-in, code with iss and state, token with PKCE and DPoP, credential from"
                    + " the register")
    void wholeFlow() throws Exception {
        Http.Answer pushed = push(request(Map.of()), attested());
        assertEquals(201, pushed.status(), pushed::text);
        String requestUri = pushed.string("request_uri");
        assertTrue(requestUri.startsWith("urn:ietf:params:oauth:request_uri:"));
        String cookie = browse(requestUri);
        assertEquals(401, signIn(requestUri, cookie, "00000000").status(), "a wrong code shows the page again");
        Map<String, String> back = back(signIn(requestUri, cookie, counterCode()));
        assertEquals("a state", back.get("state"));
        assertEquals(city.issuer(city.police), back.get("iss"), "RFC 9207");
        Http.Answer token = token(String.valueOf(back.get("code")), VERIFIER, attested());
        assertEquals(200, token.status(), token::text);
        assertEquals("DPoP", token.string("token_type"));
        assertEquals(TYPE, token.string("scope"));
        SoftwareKey holder = SoftwareKey.generate();
        String credential =
                RawWallet.credentials(wallet.credential(TYPE, holder)).getFirst();
        SdJwtVc vc = SdJwtVc.of(SdJwt.parse(credential));
        assertEquals(desk.sample(TYPE).get("name"), vc.claims().get("name"));
        assertEquals("invalid_request", signInError(requestUri, cookie), "a request is finished once");
    }

    @Test
    @DisplayName("FAPI 2.0 Security Profile §5.3.2.2: a request_uri lives less than 600 seconds")
    void requestLife() {
        Object seconds = push(request(Map.of()), attested()).json().get("expires_in");
        assertTrue(seconds instanceof Long life && life < 600, String.valueOf(seconds));
    }

    private String signInError(String requestUri, String cookie) {
        return signIn(requestUri, cookie, counterCode()).error();
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 §5.1.3: an offer with issuer_state gives the licence that was ordered for this citizen")
    void issuerState() {
        Map<String, Object> offer = RawWallet.offer(
                desk.offer(Map.of("grant", "authorization"), TYPE).string("link"));
        String state = RawWallet.text(
                RawWallet.object(RawWallet.object(offer, "grants"), "authorization_code"), "issuer_state");
        String code = code(Map.of("issuer_state", state), attested());
        assertEquals(200, token(code, VERIFIER, attested()).status());
        assertEquals(200, wallet.credential(TYPE, SoftwareKey.generate()).status());
    }

    @Test
    @DisplayName("RFC 9126 §2.3: pushed requests that lack what they need are refused, each with its code")
    void pushErrors() {
        assertEquals("invalid_client", push(request(Map.of())).error(), "no client authentication");
        assertEquals(
                "invalid_request",
                push(request(Map.of("code_challenge", "")), attested()).error());
        assertEquals(
                "invalid_request",
                push(request(Map.of("code_challenge_method", "plain")), attested())
                        .error());
        assertEquals(
                "invalid_request",
                push(request(Map.of("redirect_uri", "")), attested()).error());
        assertEquals(
                "invalid_request",
                push(request(Map.of("redirect_uri", "javascript:alert(1)")), attested())
                        .error());
        assertEquals(
                "invalid_request",
                push(request(Map.of("redirect_uri", "http://wallet.example/cb")), attested())
                        .error());
        assertEquals(
                "invalid_request",
                push(request(Map.of("request_uri", "urn:x")), attested()).error());
        assertEquals(
                "invalid_request",
                push(request(Map.of("response_mode", "form_post")), attested()).error());
        assertEquals(
                "unsupported_response_type",
                push(request(Map.of("response_type", "token")), attested()).error());
        assertEquals(
                "invalid_scope",
                push(request(Map.of("scope", "openid")), attested()).error());
    }

    @Test
    @DisplayName(
            "Client attestation: signature, chain, expiry, sub, audience, key, age and reuse of the proof are checked")
    void attestationErrors() {
        String good = attestation(Map.of());
        String proof = proof(instanceKey, Map.of());
        refused(attestation(Map.of("exp", city.clock.instant().minusSeconds(60).getEpochSecond())), proof);
        refused(attestation(Map.of("sub", "somebody else")), proof);
        Map<String, Object> withoutSub = new LinkedHashMap<>();
        withoutSub.put("exp", city.clock.instant().plusSeconds(60).getEpochSecond());
        withoutSub.put("cnf", Map.of("jwk", instanceKey.publicKey().toJwk()));
        List<String> x5c =
                city.walletProvider.chainFor(providerKey, "provider", "").toX5c();
        Map<String, Object> header = Map.of("typ", "oauth-client-attestation+jwt", "x5c", x5c);
        refused(Jws.sign(header, withoutSub, providerKey), proof);
        List<String> foreign = new TestAuthority("nobody")
                .chainFor(providerKey, "provider", "")
                .toX5c();
        Map<String, Object> claims = Map.of(
                "sub", CLIENT,
                "exp", city.clock.instant().plusSeconds(60).getEpochSecond(),
                "cnf", Map.of("jwk", instanceKey.publicKey().toJwk()));
        refused(Jws.sign(Map.of("typ", "oauth-client-attestation+jwt", "x5c", foreign), claims, providerKey), proof);
        refused(Jws.sign(header, claims, SoftwareKey.generate()), proof);
        refused(good, proof(SoftwareKey.generate(), Map.of()));
        refused(good, proof(instanceKey, Map.of("aud", city.issuer(city.bureau))));
        refused(
                good,
                proof(
                        instanceKey,
                        Map.of("iat", city.clock.instant().minusSeconds(3600).getEpochSecond())));
        // RFC 7519 §4.1.4, though the draft's §5.2 names no exp.
        refused(good, proof(instanceKey, Map.of("exp", city.clock.instant().getEpochSecond())));
        refused(good, "no proof");
        refused(good, proof(instanceKey, Map.of("iss", "somebody else")));
        assertEquals(201, push(request(Map.of()), headers(good, proof)).status());
        refused(good, proof);
        String named = proof(instanceKey, Map.of("iss", CLIENT));
        assertEquals(201, push(request(Map.of()), headers(good, named)).status());
    }

    private void refused(String attestation, String proof) {
        Http.Answer answer = push(request(Map.of()), headers(attestation, proof));
        assertEquals(401, answer.status(), answer::text);
        assertEquals("invalid_client", answer.error());
    }

    @Test
    @DisplayName("private_key_jwt (RFC 7523): a registered client pushes and redeems; another key is refused")
    void privateKeyJwt() {
        SoftwareKey key = SoftwareKey.generate();
        Map<String, Object> registration =
                Map.of("client_id", CLIENT, "jwk", key.publicKey().toJwk());
        String admin = "Bearer " + city.staffToken(StaffRole.ADMIN);
        assertEquals(
                204,
                Http.postJson(city.base() + "/api/clients", registration, "Authorization", admin)
                        .status());
        assertEquals(201, push(request(assertion(key))).status());
        assertEquals(
                "invalid_client",
                push(request(assertion(SoftwareKey.generate()))).error());
        Map<String, String> twice = assertion(key);
        assertEquals(201, push(request(twice)).status());
        assertEquals("invalid_client", push(request(twice)).error(), "an assertion counts once");
    }

    @Test
    @DisplayName("RFC 7636 §4.6, RFC 6749 §4.1.3: wrong verifier, client, or a code used twice are invalid_grant, and"
            + " revoke")
    void codeErrors() {
        String code = code(Map.of(), attested());
        assertEquals("invalid_grant", token(code, VERIFIER + "x", attested()).error());
        assertEquals("invalid_grant", token("another", VERIFIER, attested()).error());
        assertEquals(200, token(code, VERIFIER, attested()).status());
        assertEquals("invalid_grant", token(code, VERIFIER, attested()).error());
        assertEquals(
                "invalid_token", wallet.credential(TYPE, SoftwareKey.generate()).error());
    }

    @Test
    @DisplayName("RFC 9449 §10: a code bound to a DPoP key is not redeemed with another")
    void boundCode() {
        String thumbprint = SoftwareKey.generate().publicKey().thumbprint();
        String code = code(Map.of("dpop_jkt", thumbprint), attested());
        assertEquals("invalid_grant", token(code, VERIFIER, attested()).error());
        String mine = code(Map.of("dpop_jkt", wallet.dpopKey.publicKey().thumbprint()), attested());
        assertEquals(200, token(mine, VERIFIER, attested()).status());
    }

    @Test
    @DisplayName("Sign-in belongs to the browser that opened the request; refusing, or having no such licence, is"
            + " access_denied")
    void browser() {
        String requestUri = push(request(Map.of()), attested()).string("request_uri");
        String cookie = browse(requestUri);
        assertEquals(
                "invalid_request",
                signIn(requestUri, "elicence_authorize=another", counterCode()).error());
        assertEquals("invalid_request", signIn(requestUri, "x=y", counterCode()).error());
        Http.Answer refused = Http.postForm(
                city.issuer(city.police) + "/authorize/return",
                Map.of("state", requestUri, "refuse", "1"),
                "Cookie",
                cookie);
        assertEquals("access_denied", back(refused).get("error"));
        assertEquals(city.issuer(city.police), back(refused).get("iss"));
        String other =
                push(request(Map.of("scope", "vehicle-licence")), attested()).string("request_uri");
        Http.Answer page = Http.get(wallet.endpoint("authorization_endpoint") + "?client_id=" + Http.encoded(CLIENT)
                + "&request_uri=" + Http.encoded(other));
        String set = page.header("Set-Cookie").orElseThrow();
        Map<String, String> none = back(signIn(other, set.substring(0, set.indexOf(';')), counterCode()));
        assertEquals("access_denied", none.get("error"));
        assertFalse(none.containsKey("code"));
    }

    @Test
    @DisplayName("A counter code is good once, for one citizen, for five tries")
    void counterCodes() {
        String code = counterCode();
        String requestUri = push(request(Map.of()), attested()).string("request_uri");
        String cookie = browse(requestUri);
        for (int i = 0; i < 5; i++) {
            assertEquals(401, signIn(requestUri, cookie, "nonsense").status());
        }
        assertEquals(401, signIn(requestUri, cookie, code).status());
    }
}
