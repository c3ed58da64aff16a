package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.check.CitizenId;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Acts that end licences and begin others")
class ActsTest {
    private static final String DRIVING = "driving-licence";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final FaultyPool faults = new FaultyPool();
    private TestCity city = new TestCity(limits -> limits, null, faults::around);
    private Desk police = new Desk(city, city.police);

    private record Held(String licence, String credential) {}

    @BeforeEach
    void open() {
        police = new Desk(city, city.police);
    }

    @AfterEach
    void close() {
        city.close();
    }

    /** A citizen's number that no other test has, of the sample's day of birth and sex. */
    static String number() {
        int next = NUMBERS.getAndIncrement();
        String digits = "1101%02d19920517%03d".formatted(98 - next / 500, next % 500 * 2);
        return digits + CitizenId.checkCharacter(digits);
    }

    private Map<String, Object> claims(Desk desk, String type, String path, String number) {
        Map<String, Object> claims = new LinkedHashMap<>(desk.sample(type));
        claims.put(path, number);
        return claims;
    }

    private Held collect(String tenant, String type, Map<String, Object> offer) {
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(tenant));
        wallet.tokenFor(RawWallet.offer(String.valueOf(offer.get("link"))));
        String credential = RawWallet.credentials(wallet.credential(type, SoftwareKey.generate()))
                .getFirst();
        return new Held(Desk.firstLicence(offer), credential);
    }

    private Held issued(Desk desk, String tenant, String type, Map<String, Object> claims) {
        Http.Answer offer = desk.order(type, claims);
        assertEquals(201, offer.status(), offer::text);
        return collect(tenant, type, offer.json());
    }

    /** Waits until anchoring has nothing to do, whose commits would take the fault that is meant for the clerk's. */
    private void quiet() throws InterruptedException {
        String waiting = "select 1 from outbox where sent_at is null and tenant = $1";
        while (city.pool()
                        .preparedQuery(waiting)
                        .execute(Tuple.of(city.police))
                        .await()
                        .size()
                > 0) {
            Thread.sleep(20);
        }
        Thread.sleep(200);
    }

    private String state(Desk desk, String licence) {
        return desk.get("licences/" + licence).string("state");
    }

    private Http.Answer second(String tenant, String path, Map<String, ?> json) {
        String token = StaffToken.of(
                        "clerk 9", StaffRole.CLERK, StaffToken.Use.ACCESS, city.clock.instant(), Duration.ofHours(1))
                .mint(city.staffKey);
        return Http.postJson(city.base() + "/api/" + tenant + "/" + path, json, "Authorization", "Bearer " + token);
    }

    @Test
    @DisplayName("A renewal: the old licence dies in the act in which the new one is born, and an offer of it waits")
    void renewal() {
        Held old = issued(police, city.police, DRIVING, claims(police, DRIVING, "id_number", number()));
        Http.Answer renewed = police.post(
                "licences/" + old.licence() + "/replacements",
                Map.of("changes", Map.of("valid_from", "2026-07-02", "valid_until", "2036-07-02")));
        assertEquals(201, renewed.status(), renewed::text);
        assertEquals("revoked", state(police, old.licence()));
        Held fresh = collect(city.police, DRIVING, Desk.list(renewed, "offers").getFirst());
        assertEquals("valid", state(police, fresh.licence()));
        assertEquals(
                "wrong_state",
                police.post("licences/" + old.licence() + "/replacements", Map.of("changes", Map.of()))
                        .error());
    }

    @Test
    @DisplayName("A crash cannot halve it: nothing written, the old one stands; the answer lost, the whole act stands")
    void crash() throws InterruptedException {
        Held old = issued(police, city.police, DRIVING, claims(police, DRIVING, "id_number", number()));
        String path = "licences/" + old.licence() + "/replacements";
        quiet();
        faults.failNext(FaultyPool.Fault.NOT_PERSISTED);
        assertEquals(503, police.post(path, Map.of("changes", Map.of())).status());
        assertEquals("valid", state(police, old.licence()));
        faults.failNext(FaultyPool.Fault.PERSISTED);
        assertEquals(503, police.post(path, Map.of("changes", Map.of())).status());
        city.restart();
        assertEquals("revoked", state(police, old.licence()));
        assertEquals(
                "wrong_state", police.post(path, Map.of("changes", Map.of())).error());
    }

    @Test
    @DisplayName("What a licence is used once with goes over to its successor: what was used stays used")
    void secretStays() throws Exception {
        String hospital = city.enrol("hospital");
        Desk desk = new Desk(city, hospital);
        Held old = issued(desk, hospital, "medical-invoice", desk.sample("medical-invoice"));
        Http.Answer corrected = desk.post("licences/" + old.licence() + "/replacements", Map.of("changes", Map.of()));
        Held fresh = collect(
                hospital, "medical-invoice", Desk.list(corrected, "offers").getFirst());
        assertEquals(secret(old.credential()), secret(fresh.credential()));
        assertNotEquals(old.credential(), fresh.credential());
    }

    private static String secret(String credential) throws Exception {
        return String.valueOf(SdJwt.parse(credential).disclosures().stream()
                .filter(disclosure -> "claim_secret".equals(disclosure.name()))
                .findFirst()
                .orElseThrow()
                .value());
    }

    @Test
    @DisplayName(
            "A death certificate suspends what depends on the life, at every authority, and what waits is not issued")
    void death() {
        String hospital = city.enrol("hospital");
        Desk bureau = new Desk(city, city.bureau);
        Desk clinic = new Desk(city, hospital);
        Map<String, Object> certificate = clinic.sample("death-certificate");
        String deceased = String.valueOf(certificate.get("deceased_id_number"));
        Map<String, Object> driving = claims(police, DRIVING, "id_number", deceased);
        driving.put("birth_date", certificate.get("birth_date"));
        driving.put("sex", certificate.get("sex"));
        Map<String, Object> permit = claims(bureau, "residence-permit", "id_number", deceased);
        permit.put("birth_date", certificate.get("birth_date"));
        permit.put("sex", certificate.get("sex"));
        Held licence = issued(police, city.police, DRIVING, driving);
        Http.Answer waiting = bureau.order("residence-permit", permit);
        assertEquals(201, waiting.status(), waiting::text);

        Http.Answer death = clinic.order("death-certificate", certificate);
        assertEquals(201, death.status(), death::text);
        assertEquals("suspended", state(police, licence.licence()));
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.bureau));
        wallet.tokenFor(RawWallet.offer(waiting.string("link")));
        assertEquals(
                "credential_request_denied",
                wallet.credential("residence-permit", SoftwareKey.generate()).error());
        assertEquals("wrong_state", police.order(DRIVING, driving).error());

        Held proof = collect(hospital, "death-certificate", death.json());
        assertEquals(
                200,
                clinic.change(proof.licence(), "revoke", "entered by mistake").status());
        assertEquals("valid", state(police, licence.licence()));
        assertEquals(201, police.order(DRIVING, driving).status());
    }

    @Test
    @DisplayName(
            "Loss of a phone: every licence of the holder dies, and all are offered anew, a suspended one suspended")
    void recovery() {
        String holder = number();
        Desk bureau = new Desk(city, city.bureau);
        Held driving = issued(police, city.police, DRIVING, claims(police, DRIVING, "id_number", holder));
        Held card = issued(
                bureau, city.bureau, "resident-id-card", claims(bureau, "resident-id-card", "id_number", holder));
        assertEquals(200, police.change(driving.licence(), "suspend", "points").status());

        String everywhere = city.base() + "/api/recoveries";
        assertEquals(
                403,
                Http.postJson(
                                everywhere,
                                Map.of("number", holder),
                                "Authorization",
                                "Bearer " + city.clerkTokenAt(city.bureau))
                        .status());
        Http.Answer recovered =
                Http.postJson(everywhere, Map.of("number", holder), "Authorization", "Bearer " + city.clerkToken());
        assertEquals(201, recovered.status(), recovered::text);
        assertEquals(2, Desk.list(recovered, "offers").size());
        assertEquals("revoked", state(police, driving.licence()));
        assertEquals("revoked", state(bureau, card.licence()));
        for (Map<String, Object> offer : Desk.list(recovered, "offers")) {
            if (String.valueOf(offer.get("credential_issuer")).endsWith(city.bureau)) {
                assertEquals(
                        "valid",
                        state(
                                bureau,
                                collect(city.bureau, "resident-id-card", offer).licence()));
            } else {
                String again = Desk.firstLicence(offer);
                assertEquals("suspended", state(police, again));
                RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
                wallet.tokenFor(RawWallet.offer(String.valueOf(offer.get("link"))));
                assertEquals(
                        "credential_request_denied",
                        wallet.credential(DRIVING, SoftwareKey.generate()).error());
                assertEquals(200, police.change(again, "resume", "paid").status());
                Http.Answer later = police.post("licences/" + again + "/offers", Map.of());
                assertEquals(201, later.status(), later::text);
                assertEquals(again, collect(city.police, DRIVING, later.json()).licence());
            }
        }
    }

    @Test
    @DisplayName(
            "A recall: the dry run counts, its proposer cannot approve it, another clerk does, and only what was found dies")
    void recall() {
        Instant before = city.clock.instant().minusSeconds(1);
        Held wrong = issued(police, city.police, DRIVING, claims(police, DRIVING, "id_number", number()));
        Http.Answer uncollected = police.order(DRIVING, claims(police, DRIVING, "id_number", number()));
        Map<String, Object> query = Map.of(
                "type",
                DRIVING,
                "issued_from",
                before.toString(),
                "issued_until",
                city.clock.instant().plusSeconds(5).toString(),
                "ordered_by",
                "clerk 7",
                "reason",
                "wrong classes");
        Http.Answer dry = police.post("recalls", query);
        assertEquals(202, dry.status(), dry::text);
        assertEquals("2", String.valueOf(RawWallet.object(dry.json(), "content").get("count")));
        Held after = issued(police, city.police, DRIVING, claims(police, DRIVING, "id_number", number()));
        assertEquals("valid", state(police, wrong.licence()));

        String decide = "proposals/" + dry.string("proposal") + "/approve";
        Http.Answer same = police.post(decide, Map.of());
        assertEquals(409, same.status());
        assertEquals("second_person_needed", same.error());
        assertEquals("valid", state(police, wrong.licence()));
        Http.Answer done = second(city.police, decide, Map.of());
        assertEquals(200, done.status(), done::text);
        assertEquals("revoked", state(police, wrong.licence()));
        assertEquals("valid", state(police, after.licence()));
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        wallet.tokenFor(RawWallet.offer(uncollected.string("link")));
        assertEquals(
                "credential_request_denied",
                wallet.credential(DRIVING, SoftwareKey.generate()).error());
        assertEquals("wrong_state", second(city.police, decide, Map.of()).error());
    }

    @Test
    @DisplayName("A type that needs two persons is issued by neither alone")
    void twoPersons() {
        String regulator = city.enrol("market-regulator");
        Desk desk = new Desk(city, regulator);
        Http.Answer proposed = desk.order("company-deregistration", desk.sample("company-deregistration"));
        assertEquals(202, proposed.status(), proposed::text);
        String decide = "proposals/" + proposed.string("proposal") + "/";
        assertEquals(
                "second_person_needed", desk.post(decide + "approve", Map.of()).error());
        Http.Answer made = second(regulator, decide + "approve", Map.of());
        assertEquals(201, made.status(), made::text);
        Held held = collect(
                regulator, "company-deregistration", Desk.list(made, "offers").getFirst());
        assertEquals("valid", state(desk, held.licence()));
        Http.Answer declined = desk.order("company-deregistration", desk.sample("company-deregistration"));
        String other = "proposals/" + declined.string("proposal") + "/";
        assertEquals(200, desk.post(other + "decline", Map.of()).status());
        assertEquals(
                "wrong_state", second(regulator, other + "approve", Map.of()).error());
    }

    @Test
    @DisplayName(
            "A revocation's receipt: signed by the authority, with the status token that says so and its transaction")
    void receipt() throws Exception {
        Held held = issued(police, city.police, DRIVING, claims(police, DRIVING, "id_number", number()));
        String digest = Base64Url.encode(
                RawWallet.sha256(SdJwt.parse(held.credential()).issuerJwt().compact()));
        String uri = city.base() + "/" + city.police + "/status-receipts";
        assertEquals(404, Http.postJson(uri, Map.of("digest", digest)).status());
        assertEquals(200, police.change(held.licence(), "revoke", "lost").status());
        Fields said = Fields.of(Map.of());
        for (int i = 0; i < 600 && !said.has("anchored"); i++) {
            Thread.sleep(50);
            Jws jws = Jws.parse(Http.postJson(uri, Map.of("digest", digest)).string("receipt"));
            assertEquals("elicence-status-receipt+jwt", jws.header().get("typ"));
            assertEquals("revoked", jws.claims().get("state"));
            said = Fields.of(Fields.of(jws.claims()).objects("said").getFirst());
        }
        assertTrue(said.has("anchored"), "the head of the status list reached the ledger");
        long transaction = said.fields("anchored").longValue("transaction");
        assertTrue(city.ledger.transaction(transaction).isPresent());
        String token = Http.get(said.string("list")).text();
        assertEquals(said.string("token_sha256"), Base64Url.encode(RawWallet.sha256(token)));
        assertEquals(1, said.list("idx").size());
        assertEquals(
                403,
                Http.get(
                                city.base() + "/api/" + city.police + "/licences/" + held.licence() + "/receipt",
                                "Authorization",
                                "Bearer " + city.clerkTokenAt(city.bureau))
                        .status());
    }
}
