package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every binding between request, state, nonce, encryption key, response, tenant and holder, with one party swapped. */
class BindingsTest {
    private static final String QUERY = "driving_licence";

    private final TestCity city = TestCity.city();
    private final TestIssuer.Held licence = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));

    private TestApi.Answer ask(String tenant) {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check(tenant, "may-drive-car"));
        assertEquals(201, made.status(), made.body());
        return made;
    }

    private String status(TestApi.Answer made) {
        return city.api().get("/api/checks/" + made.string("id")).string("status");
    }

    private void refused(String code, TestApi.Answer made, TestApi.Answer answer) {
        assertEquals(400, answer.status(), answer.body());
        assertEquals("invalid_request", answer.string("error"));
        assertEquals(code, answer.string("code"));
        assertEquals("refused", status(made));
    }

    private void turnedAway(TestApi.Answer made, TestApi.Answer answer) {
        assertEquals(400, answer.status(), answer.body());
        assertEquals("invalid_request", answer.string("error"));
        assertEquals("waiting", status(made));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §14.1.2: a presentation made for another verifier's request is refused (aud)")
    void anotherVerifiersResponse() {
        TestApi.Answer bank = ask("bank");
        RawWallet.Request toBank = RawWallet.follow(bank.string("link"));
        RawWallet.Request toInsurer = RawWallet.follow(ask("insurer").string("link"));
        String shown = RawWallet.present(
                licence, toBank.text("nonce"), toInsurer.text("client_id"), Instant.now(), Map.of(), "may_drive_car");
        refused("wrong-audience", bank, RawWallet.respond(toBank, QUERY, shown));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §14.1.2: the presentation answers the nonce of this request and of no other")
    void anothersNonce() {
        TestApi.Answer first = ask("bank");
        RawWallet.Request old = RawWallet.follow(first.string("link"));
        String shownBefore = RawWallet.present(licence, old, "may_drive_car");
        assertEquals(200, RawWallet.respond(old, QUERY, shownBefore).status());

        TestApi.Answer second = ask("bank");
        RawWallet.Request fresh = RawWallet.follow(second.string("link"));
        refused("wrong-nonce", second, RawWallet.respond(fresh, QUERY, shownBefore));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §14.1: a response counts once; the same post again is turned away")
    void replayedResponse() {
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("vp_token", Map.of(QUERY, List.of(RawWallet.present(licence, request, "may_drive_car"))));
        payload.put("state", request.text("state"));
        String jwe = RawWallet.encrypt(request, payload, "A256GCM");
        assertEquals(200, RawWallet.post(request, jwe).status());
        TestApi.Answer again = RawWallet.post(request, jwe);
        assertEquals(400, again.status());
        assertEquals("invalid_request", again.string("error"));
        assertEquals("accepted", status(made));
        assertEquals(
                400,
                TestApi.getAnonymously(made.string("request_uri"), Map.of()).status());
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §8.3: a response encrypted to another request's key is turned away, and burns nothing")
    void anothersEncryptionKey() {
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        RawWallet.Request other = RawWallet.follow(ask("bank").string("link"));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("vp_token", Map.of(QUERY, List.of(RawWallet.present(licence, request, "may_drive_car"))));
        payload.put("state", request.text("state"));
        String toOther = RawWallet.encrypt(other, payload, "A128GCM");
        turnedAway(made, RawWallet.post(request, toOther));
        String wrongKid = RawWallet.encryptTo(request.encryptionJwk(), "another", payload, "A128GCM");
        turnedAway(made, RawWallet.post(request, wrongKid));
        assertEquals(
                200,
                RawWallet.post(request, RawWallet.encrypt(request, payload, "A128GCM"))
                        .status());
    }

    @Test
    @DisplayName("HAIP 1.0 §5: each request has a key, a nonce and a state of its own")
    void freshKeyNonceAndState() {
        RawWallet.Request one = RawWallet.follow(ask("bank").string("link"));
        RawWallet.Request two = RawWallet.follow(ask("bank").string("link"));
        for (String name : List.of("nonce", "state", "response_uri")) {
            assertNotEquals(one.text(name), two.text(name), name);
        }
        assertNotEquals(one.encryptionJwk().get("x"), two.encryptionJwk().get("x"));
    }

    @Test
    @DisplayName("RFC 6749 §4.1.2: a response with another request's state, or none, is turned away, and burns nothing")
    void anothersState() {
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        RawWallet.Request other = RawWallet.follow(ask("bank").string("link"));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("vp_token", Map.of(QUERY, List.of(RawWallet.present(licence, request, "may_drive_car"))));
        turnedAway(made, RawWallet.post(request, RawWallet.encrypt(request, payload, "A128GCM")));
        payload.put("state", other.text("state"));
        turnedAway(made, RawWallet.post(request, RawWallet.encrypt(request, payload, "A128GCM")));
        turnedAway(
                made,
                TestApi.postForm(
                        request.text("response_uri"), Map.of("error", "access_denied", "state", other.text("state"))));
    }

    @Test
    @DisplayName("A response posted to another relying party's address finds no request there")
    void anotherTenant() {
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        String elsewhere = request.text("response_uri").replace("/bank/", "/insurer/");
        TestApi.Answer answer = TestApi.postForm(elsewhere, Map.of("response", "x"));
        assertEquals(404, answer.status());
        assertEquals(
                404,
                TestApi.getAnonymously(made.string("request_uri").replace("/bank/", "/insurer/"), Map.of())
                        .status());
        assertEquals("waiting", status(made));
    }

    @Test
    @DisplayName("RFC 9901 §7.3: a credential shown by someone else than its holder is refused")
    void shownBySomeoneElse() {
        TestIssuer.Held stolen =
                new TestIssuer.Held(licence.credential(), SoftwareKey.generate(), licence.statusIndex());
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        refused(
                "not-the-holder",
                made,
                RawWallet.respond(request, QUERY, RawWallet.present(stolen, request, "may_drive_car")));
    }

    @Test
    @DisplayName("RFC 9901 §7.3: a presentation without the holder's proof is refused")
    void withoutHolderProof() {
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        refused(
                "key-binding-missing",
                made,
                RawWallet.respond(request, QUERY, licence.credential().serialize()));
    }

    @Test
    @DisplayName("A credential of an issuer that nobody accredited is refused, and its status address is never fetched")
    void unaccreditedIssuer() {
        // One of its own: a list that another test made known is fetched from time to time.
        TestIssuer impostor = new TestIssuer(city.impostor.party(), city.statusHost, 77);
        TestIssuer.Held forged = impostor.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        refused(
                "issuer-unknown",
                made,
                RawWallet.respond(request, QUERY, RawWallet.present(forged, request, "may_drive_car")));
        assertEquals(0, city.statusHost.fetches(impostor.statusPath()));
    }

    @Test
    @DisplayName("RFC 9901 §7.1: an altered disclosure is refused")
    void alteredDisclosure() {
        TestIssuer.Held cannot = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", false));
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        String honest = RawWallet.present(cannot, request, "may_drive_car");
        String disclosure = honest.substring(honest.indexOf('~') + 1, honest.lastIndexOf('~'));
        String lie = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new String(
                                java.util.Base64.getUrlDecoder().decode(disclosure),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .replace("false", "true")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        refused("disclosure-not-signed", made, RawWallet.respond(request, QUERY, honest.replace(disclosure, lie)));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §8.6: claims that do not have the value asked for do not answer the query")
    void queryNotSatisfied() {
        TestIssuer.Held cannot = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", false));
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        refused(
                "query-not-satisfied",
                made,
                RawWallet.respond(request, QUERY, RawWallet.present(cannot, request, "may_drive_car")));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §8.1: an entry for a credential query that was never asked is refused")
    void unknownQueryId() {
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        String shown = RawWallet.present(licence, request, "may_drive_car");
        refused(
                "query-not-satisfied",
                made,
                RawWallet.respond(request, Map.of(QUERY, List.of(shown), "more", List.of(shown))));
    }

    @Test
    @DisplayName("A KB-JWT from the past or the future beyond the skew is refused")
    void staleProof() {
        for (Map.Entry<String, Instant> wrong : Map.of(
                        "key-binding-too-old", Instant.now().minusSeconds(900),
                        "key-binding-from-future", Instant.now().plusSeconds(900))
                .entrySet()) {
            TestApi.Answer made = ask("bank");
            RawWallet.Request request = RawWallet.follow(made.string("link"));
            String shown = RawWallet.present(
                    licence,
                    request.text("nonce"),
                    request.text("client_id"),
                    wrong.getValue(),
                    Map.of(),
                    "may_drive_car");
            refused(wrong.getKey(), made, RawWallet.respond(request, QUERY, shown));
        }
    }

    @Test
    @DisplayName("A relying party that asks for more than the ledger lets it is refused before anyone is asked")
    void overAsking() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tenant", "insurer");
        body.put("purpose", "curiosity");
        body.put(
                "dcql",
                Map.of(
                        "credentials",
                        List.of(Map.of(
                                "id",
                                "x",
                                "format",
                                "dc+sd-jwt",
                                "meta",
                                Map.of("vct_values", List.of("type:driving-licence")),
                                "claims",
                                List.of(Map.of("path", List.of("name")))))));
        TestApi.Answer answer = city.api().post("/api/checks", body);
        assertEquals(403, answer.status(), answer.body());
        assertEquals("access_denied", answer.string("error"));
        assertEquals("asks-too-much", answer.string("code"));
        assertTrue(city.api().get("/api/audit?tenant=insurer&limit=1000").body().contains("refused_to_ask"));
    }

    @Test
    @DisplayName("What was shown beyond what was asked is not kept")
    void noMoreThanAsked() {
        TestIssuer.Held chatty = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true, "name", "陈示例（测试）"));
        TestApi.Answer made = ask("bank");
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        assertEquals(
                200,
                RawWallet.respond(request, QUERY, RawWallet.present(chatty, request, "may_drive_car", "name"))
                        .status());
        TestApi.Answer result = city.api().get("/api/checks/" + made.string("id"));
        assertEquals("accepted", result.string("status"));
        assertFalse(result.body().contains("陈示例"));
    }
}
