package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.SoftwareKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was wrong about a death or a divorce is put right, and so is all that it suspended, and that alone")
class LifeEventsTest {
    private static final String DRIVING = "driving-licence";
    private static final String DEATH = "death-certificate";

    private final TestCity city = new TestCity();
    private final Desk police = new Desk(city, city.police);
    private final Desk clinic = new Desk(city, city.enrol("hospital"));

    @AfterEach
    void close() {
        city.close();
    }

    private Map<String, Object> driving(String number) {
        return with(police.sample(DRIVING), Map.of("id_number", number));
    }

    private Map<String, Object> death(String number) {
        Map<String, Object> born = police.sample(DRIVING);
        return with(
                clinic.sample(DEATH),
                Map.of(
                        "deceased_id_number",
                        number,
                        "sex",
                        String.valueOf(born.get("sex")),
                        "birth_date",
                        String.valueOf(born.get("birth_date"))));
    }

    private static Map<String, Object> with(Map<String, Object> sample, Map<String, ?> changes) {
        Map<String, Object> claims = new LinkedHashMap<>(sample);
        claims.putAll(changes);
        return claims;
    }

    /** A licence that a wallet has. */
    private String issued(Desk desk, String type, Map<String, Object> claims) {
        Http.Answer offer = desk.order(type, claims);
        assertEquals(201, offer.status(), offer::text);
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(desk.tenant()));
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        RawWallet.credentials(wallet.credential(type, SoftwareKey.generate()));
        return Desk.ordered(offer).getFirst();
    }

    /** No wallet comes for the successor. */
    private static void correct(Desk desk, String licence, Map<String, ?> changes) {
        Http.Answer made = desk.post("licences/" + licence + "/replacements", Map.of("changes", changes));
        assertEquals(201, made.status(), made::text);
    }

    private static String state(Desk desk, String licence) {
        return desk.get("licences/" + licence).string("state");
    }

    private int ordered(String number) {
        return police.order(DRIVING, driving(number)).status();
    }

    /** Another clerk than {@link TestCity#clerkToken} agrees. */
    private void recallDeaths() {
        Http.Answer dry = clinic.post(
                "recalls",
                Map.of(
                        "type",
                        DEATH,
                        "issued_from",
                        city.clock.instant().minusSeconds(60).toString(),
                        "issued_until",
                        city.clock.instant().plusSeconds(60).toString(),
                        "reason",
                        "entered by mistake"));
        Http.Answer done = Http.postJson(
                city.base() + "/api/" + clinic.tenant() + "/proposals/" + dry.string("proposal") + "/approve",
                Map.of(),
                "Authorization",
                "Bearer " + city.clerkTokenAt(clinic.tenant()));
        assertEquals(200, done.status(), done::text);
    }

    @Test
    @DisplayName("A death certificate is corrected: the death stands, by the corrected one, and falls with it")
    void corrected() {
        String number = ActsTest.number();
        String licence = issued(police, DRIVING, driving(number));
        String first = issued(clinic, DEATH, death(number));
        assertEquals("suspended", state(police, licence));
        correct(clinic, first, Map.of("place", "示例市第二医院（测试）"));
        assertEquals("revoked", state(clinic, first));
        assertEquals("suspended", state(police, licence));
        assertEquals(409, ordered(number));
        recallDeaths();
        assertEquals("valid", state(police, licence));
        assertEquals(201, ordered(number));
    }

    @Test
    @DisplayName(
            "It was about somebody else: who is not dead has their licences as they were, and who is has them suspended")
    void aboutAnother() {
        String living = ActsTest.number();
        String dead = ActsTest.number();
        String driving = issued(police, DRIVING, driving(living));
        String lost = issued(police, DRIVING, driving(living));
        assertEquals(200, police.change(lost, "suspend", "points").status());
        String other = issued(police, DRIVING, driving(dead));
        String certificate = issued(clinic, DEATH, death(living));
        assertEquals("suspended", state(police, driving));
        correct(clinic, certificate, Map.of("deceased_id_number", dead));
        assertEquals("revoked", state(clinic, certificate));
        assertEquals(
                List.of("valid", "suspended", "suspended"),
                List.of(state(police, driving), state(police, lost), state(police, other)));
        assertEquals(201, ordered(living));
        assertEquals(409, ordered(dead));
    }

    @Test
    @DisplayName(
            "Of two certificates of one death one is revoked: the death stands by the other, until that one is, too")
    void provenTwice() {
        String number = ActsTest.number();
        String licence = issued(police, DRIVING, driving(number));
        String first = issued(clinic, DEATH, death(number));
        String second = issued(clinic, DEATH, death(number));
        assertEquals(200, clinic.change(first, "revoke", "twice").status());
        assertEquals("suspended", state(police, licence));
        assertEquals(200, clinic.change(second, "revoke", "by mistake").status());
        assertEquals("valid", state(police, licence));
        assertEquals(201, ordered(number));
    }

    @Test
    @DisplayName("A divorce certificate is corrected after another marriage, which it does not touch")
    void marriedAgain() {
        Desk registry = new Desk(city, city.enrol("civil-affairs"));
        Map<String, Object> marriage = registry.sample("marriage-certificate");
        Map<String, Object> divorce = registry.sample("divorce-certificate");
        Map<String, Object> holder = with(RawWallet.object(marriage, "holder"), Map.of("id_number", ActsTest.number()));
        Map<String, Object> former = RawWallet.object(marriage, "spouse");
        Map<String, Object> next = RawWallet.object(divorce, "spouse");
        String ended = issued(registry, "marriage-certificate", with(marriage, Map.of("holder", holder)));
        String proof =
                issued(registry, "divorce-certificate", with(divorce, Map.of("holder", holder, "spouse", former)));
        assertEquals("revoked", state(registry, ended));
        String again =
                issued(registry, "marriage-certificate", with(marriage, Map.of("holder", holder, "spouse", next)));
        correct(registry, proof, Map.of("registrar", "另一登记员（测试）"));
        assertEquals("revoked", state(registry, proof));
        assertEquals("valid", state(registry, again));
    }
}
