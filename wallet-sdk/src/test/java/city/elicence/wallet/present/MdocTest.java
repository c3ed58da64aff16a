package city.elicence.wallet.present;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Need;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownVerifier;
import city.elicence.wallet.town.Townsfolk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OpenID4VCI 1.0 annex A.2 and OpenID4VP 1.0 annex B.2: a mobile document, received, kept and shown. */
class MdocTest {
    private final Town town = new Town();
    private final TownVerifier bank = new TownVerifier(Townsfolk.named("Bank", town.clock.instant()));
    private final Map<String, Object> sent = new LinkedHashMap<>();

    @BeforeEach
    void open() {
        town.issuer.mdoc = true;
        bank.mdoc = true;
        bank.requestTamper = sent::putAll;
        town.ledger.mayIssue(town.issuer.party, "driving-licence.mdoc", TownIssuer.MDL);
        town.ledger.mayAskElements(bank.party, "driving-licence.mdoc", TownIssuer.ISO, "family_name", "age_over_18");
    }

    @AfterEach
    void close() {
        bank.close();
        town.close();
    }

    private Verdict judged(String clientId, String nonce, String responseUri) throws JsonException {
        SessionTranscript session = SessionTranscript.ofRedirect(
                clientId, nonce, Base64Url.decode(bank.encryptionKey.publicKey().thumbprint()), responseUri);
        return new PresentationVerifier(ReplayGuard.inMemory(10))
                .verify(
                        Presentation.in(Format.MDOC, bank.presentation()),
                        Expectation.online(nonce, clientId)
                                .inSession(session, null)
                                .withStatus(Need.IF_PRESENT, Duration.ofDays(1))
                                .askedBy(bank.party.did(), List.of()),
                        town.ledger,
                        town.clock.instant());
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 annex A.2.4: received, bound to this wallet's keys; its elements stand on the card, the portrait as a picture")
    void received() {
        Card card = town.licence();
        assertEquals(TownIssuer.MDL, card.type());
        assertEquals(3, card.freshCopies());
        Map<String, Object> values = new LinkedHashMap<>();
        for (CardClaim claim : card.claims()) {
            assertTrue(claim.selective());
            values.put(String.valueOf(claim.path().steps().get(1)), String.valueOf(claim.value()));
        }
        assertEquals("TESTNAME", values.get("family_name"));
        assertEquals("1990-07-01", values.get("birth_date"));
        assertEquals("data:image/jpeg;base64,/9j/4AAQ", values.get("portrait"));
        assertEquals(
                "Name",
                card.claims().stream()
                        .filter(claim -> claim.path().steps().contains("family_name"))
                        .findFirst()
                        .orElseThrow()
                        .label()
                        .en());
        town.restart();
        assertEquals(card, town.wallet.cards().get(0));
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 annex B.2: consent names each element; what leaves is a DeviceResponse that this device signed for this request")
    void shown() throws JsonException {
        town.licence();
        town.clock.pass(Duration.ofSeconds(1));
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        assertEquals(
                Set.of("family_name"),
                consent.questions().get(0).matches().get(0).disclosed().stream()
                        .map(claim -> String.valueOf(claim.path().steps().get(1)))
                        .collect(Collectors.toSet()));
        town.wallet.present(consent, consent.suggested()).orThrow();
        String nonce = String.valueOf(sent.get("nonce"));
        Verdict verdict = judged(bank.clientId(), nonce, bank.responseUri());
        Verdict.Accepted accepted = verdict.fold(a -> a, refused -> {
            throw new AssertionError(refused.refusal() + ": " + refused.detail());
        });
        assertEquals(
                Map.of(TownIssuer.ISO, Map.of("family_name", "TESTNAME")),
                accepted.credential().claims());
        // Annex B.2.6.1: bound to verifier, nonce and return address, each.
        assertRefused(judged("x509_hash:other", nonce, bank.responseUri()));
        assertRefused(judged(bank.clientId(), "other", bank.responseUri()));
        assertRefused(judged(bank.clientId(), nonce, "https://elsewhere.example/response"));
        assertEquals(2, town.wallet.cards().get(0).freshCopies(), "another verifier gets another copy");
    }

    private static void assertRefused(Verdict verdict) {
        Refusal refusal = verdict.fold(
                accepted -> {
                    throw new AssertionError("accepted in another session");
                },
                Verdict.Refused::refusal);
        assertEquals(Refusal.DEVICE_NOT_AUTHENTICATED, refusal);
    }

    @Test
    @DisplayName("A verifier that asks for an element that it may not is refused before anything is shown")
    void overAsking() {
        town.licence();
        bank.claims = List.of("portrait");
        assertTrue(Town.refusal(town.wallet.readRequest(bank.link(true))).code().contains("asks-too-much"));
    }

    @Test
    @DisplayName("Annex B.2.2: a verifier that takes mobile documents by other algorithms only gets none")
    void otherAlgorithms() {
        town.licence();
        bank.requestTamper = request -> request.put(
                "client_metadata",
                Map.of("vp_formats_supported", Map.of("mso_mdoc", Map.of("deviceauth_alg_values", List.of(-8L)))));
        bank.encrypts = false;
        assertTrue(Town.refusal(town.wallet.readRequest(bank.link(true))).is(Reason.FORMAT_NOT_SUPPORTED));
    }

    @Test
    @DisplayName("A document bound to another key, or altered, or that is no document, is not taken")
    void notTaken() {
        String strangers = town.issuer.document(
                city.elicence.credentials.jose.SoftwareKey.generate().publicKey());
        town.issuer.credentialsTamper = credentials -> replaceAll(credentials, strangers);
        assertTrue(Town.refusal(town.wallet.accept(town.preview(), null)).is(Reason.LICENCE_OF_ANOTHER_KEY));
        town.issuer.credentialsTamper = credentials -> replaceAll(credentials, "oWFhYWI");
        assertTrue(Town.refusal(town.wallet.accept(town.preview(), null)).is(Reason.LICENCE_UNREADABLE));
        town.issuer.credentialsTamper = credentials -> {};
        town.issuer.signer = Townsfolk.named("Forger", town.clock.instant());
        assertTrue(Town.refusal(town.wallet.accept(town.preview(), null)).code().contains("issuer"));
        assertEquals(List.of(), town.wallet.cards());
    }

    private static void replaceAll(List<Object> credentials, String by) {
        credentials.replaceAll(each -> Map.of("credential", by));
    }

    @Test
    @DisplayName("A mobile document is shown in a session, not by the offline code of SD-JWT VCs")
    void noOfflineCode() {
        Card card = town.licence();
        assertTrue(Town.refusal(town.wallet.offlineCode(card.id(), Set.of())).is(Reason.FORMAT_NOT_SUPPORTED));
    }
}
