package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Evidence within the authorization code flow: the code is given when the evidence is good and agrees")
class EvidenceSessionTest extends CodeFlow {
    private static final CounterVerifier VERIFIER_DESK = new CounterVerifier();

    private record Session(String requestUri, String cookie) {}

    @BeforeAll
    static void atThisVerifier() {
        openIn(TestCity.showingAt(VERIFIER_DESK));
    }

    private Session signedIn() {
        String requestUri = push(request(Map.of()), attested()).string("request_uri");
        String cookie = browse(requestUri);
        Http.Answer next = signIn(requestUri, cookie, counterCode());
        assertEquals(303, next.status(), next::text);
        assertTrue(next.header("Location").orElseThrow().contains("/authorize/evidence?state="), next::text);
        return new Session(requestUri, cookie);
    }

    private static Http.Answer evidence(Session session, String more) {
        return Http.get(
                city.issuer(city.police) + "/authorize/evidence?state=" + Http.encoded(session.requestUri()) + more,
                "Cookie",
                session.cookie());
    }

    private static void show(CounterVerifier.Question question, String idNumber) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("id_number", idNumber);
        claims.put("name", desk.sample(TYPE).get("name"));
        claims.put("age_over_18", true);
        VERIFIER_DESK.shown(question, "id", claims, Base64Url.encode(new byte[32]));
    }

    @Test
    @DisplayName("No code before the evidence; with it the code; what was shown is forgotten, and only a verdict kept")
    void whole() {
        Session session = signedIn();
        Http.Answer page = evidence(session, "");
        assertEquals(200, page.status(), page::text);
        assertTrue(page.text().contains("居民身份证"), "the page says what is wanted");
        CounterVerifier.Question question = VERIFIER_DESK.last();
        assertEquals(city.police, question.tenant());
        assertTrue(question.query().toString().contains(city.base() + "/types/resident-id-card"));
        assertEquals(200, evidence(session, "").status(), "asking again is no answer");
        assertEquals(question, VERIFIER_DESK.last(), "and no second question");

        show(question, number);
        Map<String, String> back = back(evidence(session, ""));
        assertEquals(
                200,
                token(String.valueOf(back.get("code")), VERIFIER, attested()).status());
        assertEquals(200, wallet.credential(TYPE, SoftwareKey.generate()).status());
        assertTrue(VERIFIER_DESK.forgotten.contains(question.check()));
        Row kept = city.pool()
                .preparedQuery("select e::text as kept, verdict from evidence e where check_id = $1")
                .execute(Tuple.of(question.check()))
                .await()
                .iterator()
                .next();
        assertTrue(kept.getString("verdict").contains("resident-id-card"));
        assertFalse(kept.getString("kept").contains(number), "the verdict, not the data");
        assertEquals("invalid_request", evidence(session, "").error(), "a session gives one code");
    }

    @Test
    @DisplayName("Evidence of another person is refused, however good; the citizen may show again")
    void anotherPerson() {
        Session session = signedIn();
        assertEquals(200, evidence(session, "").status());
        show(VERIFIER_DESK.last(), "110199199008210031");
        Http.Answer refused = evidence(session, "");
        assertEquals(200, refused.status());
        assertTrue(refused.text().contains("evidence-differs"), refused::text);
        CounterVerifier.Question first = VERIFIER_DESK.last();
        assertEquals(303, evidence(session, "&again=1").status());
        assertNotEquals(first, VERIFIER_DESK.last());
        show(VERIFIER_DESK.last(), number);
        assertTrue(back(evidence(session, "")).containsKey("code"));
    }

    @Test
    @DisplayName("Evidence that the verifier refuses (revoked, of the wrong type) gives no code")
    void refusedThere() {
        Session session = signedIn();
        assertEquals(200, evidence(session, "").status());
        VERIFIER_DESK.refused(VERIFIER_DESK.last(), "revoked");
        assertTrue(evidence(session, "").text().contains("revoked"));
        assertTrue(evidence(session, "").text().contains("revoked"), "and still none");
    }

    @Test
    @DisplayName("Another browser cannot take over a session, nor pass by the sign-in by opening the request again")
    void anotherBrowser() {
        Session session = signedIn();
        assertEquals(200, evidence(session, "").status());
        Session stranger = new Session(session.requestUri(), session.cookie().substring(0, 25) + "AAAAAAAAAAAAAAAA");
        assertEquals("invalid_request", evidence(stranger, "").error());
        Session reopened = new Session(session.requestUri(), browse(session.requestUri()));
        assertEquals("invalid_request", evidence(reopened, "").error(), "nobody signed in in that browser");
        show(VERIFIER_DESK.last(), number);
        assertEquals("invalid_request", evidence(reopened, "").error());
        assertEquals("invalid_request", evidence(session, "").error(), "and the first browser lost it");
    }

    @Test
    @DisplayName("Evidence shown in one session counts in no other")
    void anotherSession() {
        Session mine = signedIn();
        assertEquals(200, evidence(mine, "").status());
        show(VERIFIER_DESK.last(), number);
        Session other = signedIn();
        assertEquals(200, evidence(other, "").status());
        assertTrue(back(evidence(mine, "")).containsKey("code"));
        assertEquals(200, evidence(other, "").status(), "the other still waits");
    }

    @Test
    @DisplayName("On the same device: the link opens the wallet, and the browser brings the response code back")
    void sameDevice() {
        Session session = signedIn();
        assertEquals(200, evidence(session, "").status());
        Http.Answer opens = evidence(session, "&device=same");
        assertEquals(303, opens.status());
        assertTrue(opens.header("Location").orElseThrow().startsWith("openid4vp://"));
        CounterVerifier.Question question = VERIFIER_DESK.last();
        assertTrue(String.valueOf(question.returnTo()).contains("/authorize/evidence?state="));
        assertEquals(303, evidence(session, "&response_code=abc").status());
        assertEquals("abc", VERIFIER_DESK.returned.get(question.check()));
        show(question, number);
        assertTrue(back(evidence(session, "")).containsKey("code"));
    }

    @Test
    @DisplayName("Evidence that was revoked between its showing and the code gives access_denied")
    void revokedInBetween() {
        Http.Answer offer = desk.offer(TYPE);
        RawWallet holder = new RawWallet(city.clock).discover(city.issuer(city.police));
        holder.tokenFor(RawWallet.offer(offer.string("link")));
        String shown = RawWallet.credentials(holder.credential(TYPE, SoftwareKey.generate()))
                .getFirst();
        String jwt = shown.substring(0, shown.indexOf('~'));
        Session session = signedIn();
        assertEquals(200, evidence(session, "").status());
        Map<String, Object> claims = Map.of(
                "id_number", number, "name", String.valueOf(desk.sample(TYPE).get("name")));
        VERIFIER_DESK.shown(VERIFIER_DESK.last(), "id", claims, Base64Url.encode(RawWallet.sha256(jwt)));
        assertEquals(
                200,
                desk.change(Desk.ordered(offer).getFirst(), "revoke", "lost").status());
        assertEquals("access_denied", back(evidence(session, "")).get("error"));
    }

    @Test
    @DisplayName("A verifier that does not answer is a 502, and the session waits")
    void unreachable() {
        Session session = signedIn();
        VERIFIER_DESK.silent = true;
        Http.Answer answer = evidence(session, "");
        VERIFIER_DESK.silent = false;
        assertEquals(502, answer.status());
        assertEquals("verifier_unreachable", answer.error());
        assertEquals(200, evidence(session, "").status());
    }

    @Test
    @DisplayName("A clerk's application: no offer before the evidence, one after it, and not twice")
    void application() {
        Http.Answer opened = desk.post("applications", Map.of("type", TYPE, "claims", desk.sample(TYPE)));
        assertEquals(201, opened.status(), opened::text);
        String at = "applications/" + opened.string("application");
        assertEquals("wrong_state", desk.post(at + "/offer", Map.of()).error());
        assertEquals(
                "invalid_request",
                desk.post(at + "/requests", Map.of("credentials", java.util.List.of("passport")))
                        .error());
        assertEquals(201, desk.post(at + "/requests", Map.of()).status());
        assertEquals("wrong_state", desk.post(at + "/offer", Map.of()).error());
        show(VERIFIER_DESK.last(), number);
        assertEquals("whole", desk.get(at).string("status"));
        Http.Answer offered = desk.post(at + "/offer", Map.of());
        assertEquals(201, offered.status(), offered::text);
        assertEquals("wrong_state", desk.post(at + "/offer", Map.of()).error());
        assertEquals("closed", desk.get(at).string("status"));
    }

    @Test
    @DisplayName("Evidence goes stale: after half an hour the application waits for another showing")
    void stale() {
        Http.Answer opened = desk.post("applications", Map.of("type", TYPE, "claims", desk.sample(TYPE)));
        String at = "applications/" + opened.string("application");
        assertEquals(201, desk.post(at + "/requests", Map.of()).status());
        show(VERIFIER_DESK.last(), number);
        assertEquals("whole", desk.get(at).string("status"));
        city.clock.move(java.time.Duration.ofMinutes(31));
        assertEquals("waiting", desk.get(at).string("status"));
        assertEquals("wrong_state", desk.post(at + "/offer", Map.of()).error());
    }
}
