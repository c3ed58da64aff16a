package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.sm2.Sm2;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An authority that goes over to SM2, and back")
class ChangeOfSuiteTest {
    private static final String TYPE = "driving-licence";
    private static final String MDOC = "driving-licence.mdoc";

    private final TestCity city = TestCity.taking(Sm2.BESIDE_ES256);
    private final Desk desk = new Desk(city, city.police);

    ChangeOfSuiteTest() {
        city.accredit(city.police, TYPE, MDOC);
    }

    @AfterEach
    void close() {
        city.close();
    }

    private record Issued(String licence, String text) {
        StatusReference ofVc() throws Exception {
            return StatusReference.fromClaim(
                    SdJwtVc.of(SdJwt.parse(text, Sm2.BESIDE_ES256)).status().orElseThrow());
        }

        StatusReference ofDocument() throws Exception {
            return StatusReference.fromClaim(Objects.requireNonNull(
                    IssuerSigned.fromText(text).securityObject().status()));
        }
    }

    private Issued issue(String configuration) {
        Map<String, Object> licence =
                Map.of("type", TYPE, "claims", desk.sample(TYPE), "formats", List.of("dc+sd-jwt", "mso_mdoc"));
        Http.Answer offer = desk.post("offers", Map.of("licences", List.of(licence)));
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        assertEquals(200, wallet.tokenFor(RawWallet.offer(offer.string("link"))).status());
        return new Issued(
                Desk.ordered(offer).getFirst(),
                RawWallet.credentials(wallet.credential(configuration, SoftwareKey.generate()))
                        .getFirst());
    }

    /** What a reader is told, who takes a token by this suite alone. */
    private int status(Suite suite, StatusReference reference) throws Exception {
        String text = Http.get(reference.uri().toString()).text();
        assertEquals(suite.algorithm(), Jws.parse(text).algorithm(), "by what the list is signed");
        StatusListToken token = StatusListToken.parse(text);
        return token.check(
                        token.certificates(Sm2.BESIDE_ES256).orElseThrow().leafKey(),
                        reference.uri(),
                        city.clock.instant(),
                        Duration.ofSeconds(5))
                .get(reference.index());
    }

    @Test
    @DisplayName(
            "A status list keeps the suite of the licences it was opened for; mobile documents refer to lists by ES256")
    void lists() throws Exception {
        Issued before = issue(TYPE);
        assertEquals(StatusList.VALID, status(Suite.ES256, before.ofVc()));
        city.signsBy(city.police, Sm2.SUITE);
        Issued since = issue(TYPE);
        assertNotEquals(before.ofVc().uri(), since.ofVc().uri());
        assertEquals(StatusList.VALID, status(Sm2.SUITE, since.ofVc()));
        Issued document = issue(MDOC);
        assertEquals(StatusList.VALID, status(Suite.ES256, document.ofDocument()));
        for (Issued each : List.of(before, since, document)) {
            assertEquals(200, desk.change(each.licence(), "revoke", "a test").status());
        }
        for (int i = 0; i < 2; i++) {
            assertEquals(StatusList.INVALID, status(Suite.ES256, before.ofVc()));
            assertEquals(StatusList.INVALID, status(Sm2.SUITE, since.ofVc()));
            assertEquals(StatusList.INVALID, status(Suite.ES256, document.ofDocument()));
            city.clock.move(Duration.ofHours(1)); // The tokens are signed anew.
        }
        city.signsBy(city.police, Suite.ES256);
        assertEquals(before.ofVc().uri(), issue(TYPE).ofVc().uri());
        assertEquals(StatusList.INVALID, status(Suite.ES256, since.ofVc()), "there is no key of SM2 any more");
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 §9: what was asked for with a key of SM2 is given to that key, though its authority has gone back")
    void deferred() throws Exception {
        city.signsBy(city.police, Sm2.SUITE);
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        Http.Answer offer = desk.offer(Map.of("ready_in_seconds", 120L), TYPE);
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        SoftwareKey holder = SoftwareKey.generate(Sm2.SUITE);
        Http.Answer later = wallet.credential(TYPE, holder);
        assertEquals(202, later.status(), later::text);
        city.signsBy(city.police, Suite.ES256);
        city.clock.move(Duration.ofMinutes(3));
        Http.Answer given = wallet.call(
                wallet.endpoint("deferred_credential_endpoint"),
                Map.of("transaction_id", later.string("transaction_id")));
        SdJwt licence = SdJwt.parse(RawWallet.credentials(given).getFirst());
        assertEquals("ES256", licence.issuerJwt().algorithm());
        assertEquals(
                RawWallet.object(RawWallet.object(licence.payload(), "cnf"), "jwk"),
                holder.publicKey().toJwk());
    }

    @Test
    @DisplayName(
            "Wallets that come at once, before there is a list, each get a place in a list of their licence's suite")
    void atOnce() throws Exception {
        city.signsBy(city.police, Sm2.SUITE);
        List<Future<Issued>> licences = new ArrayList<>();
        List<Future<Issued>> documents = new ArrayList<>();
        try (ExecutorService wallets = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                licences.add(wallets.submit(() -> issue(TYPE)));
                documents.add(wallets.submit(() -> issue(MDOC)));
            }
        }
        for (Future<Issued> each : licences) {
            assertEquals(StatusList.VALID, status(Sm2.SUITE, each.get().ofVc()));
        }
        for (Future<Issued> each : documents) {
            assertEquals(StatusList.VALID, status(Suite.ES256, each.get().ofDocument()));
        }
        Object lists = Http.get(city.issuer(city.police) + "/status").json().get("status_lists");
        assertEquals(2, ((List<?>) Objects.requireNonNull(lists)).size());
    }
}
