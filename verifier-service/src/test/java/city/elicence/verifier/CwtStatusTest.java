package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.verifier.TestIssuer.HeldDocument;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Mobile documents whose issuer gives its status list as CWT alone")
class CwtStatusTest {
    private static final Set<String> ASKED = Set.of("age_over_18", "issuing_country", "may_drive_car");
    private static final AtomicInteger LISTS = new AtomicInteger(100);

    private final TestCity city = TestCity.city();
    private final TestIssuer issuer = new TestIssuer(city.police.party(), city.statusHost, LISTS.getAndIncrement());
    private final HeldDocument held = issuer.issueDocument(Instant.now().plus(Duration.ofDays(100)));

    private TestApi.Answer show() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "mobile-driving-licence"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        try {
            SessionTranscript session = SessionTranscript.ofRedirect(
                    request.text("client_id"),
                    request.text("nonce"),
                    Base64Url.decode(
                            EcPublicKey.fromJwk(request.encryptionJwk()).thumbprint()),
                    request.text("response_uri"));
            String shown = DeviceResponse.of(MobileDocument.show(
                            held.document().disclosing((space, element) -> ASKED.contains(element)),
                            session,
                            held.holder()))
                    .toText();
            return RawWallet.respond(request, "mdl", shown);
        } catch (JoseException | JsonException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String code) {
        TestApi.Answer answer = show();
        assertEquals(400, answer.status(), answer.body());
        assertEquals(code, answer.string("code"), answer.body());
    }

    @Test
    @DisplayName("Token Status List §8.2: the CWT is fetched, checked and believed, and revokes")
    void believed() throws InterruptedException {
        issuer.publishOnlyCwt(issuer.party(), issuer.statusAddress(), Instant.now());
        TestApi.Answer answer = show();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(city.statusHost.fetches(issuer.statusPath()) > 0, "it was asked for");
        issuer.set(held.statusIndex(), 1);
        Thread.sleep(1_100);
        issuer.publishOnlyCwt(issuer.party(), issuer.statusAddress(), Instant.now());
        assertRefused("revoked");
    }

    @Test
    @DisplayName("Token Status List §8.3: the list of another accredited party is not the issuer's")
    void anotherParty() {
        issuer.publishOnlyCwt(city.hospital.party(), issuer.statusAddress(), Instant.now());
        assertRefused("status-not-the-issuers");
    }

    @Test
    @DisplayName("Token Status List §8.3: a signer without a path to an authority of the ledger")
    void stranger() {
        issuer.publishOnlyCwt(city.impostor.party(), issuer.statusAddress(), Instant.now());
        assertRefused("status-unavailable");
    }

    @Test
    @DisplayName("Token Status List §8.3: sub is another list's uri")
    void anotherList() {
        issuer.publishOnlyCwt(issuer.party(), URI.create(issuer.statusAddress() + "0"), Instant.now());
        assertRefused("status-unavailable");
    }

    @Test
    @DisplayName("Token Status List §8.3: exp has passed")
    void expired() {
        issuer.publishOnlyCwt(
                issuer.party(), issuer.statusAddress(), Instant.now().minus(Duration.ofHours(2)));
        assertRefused("status-unavailable");
    }
}
