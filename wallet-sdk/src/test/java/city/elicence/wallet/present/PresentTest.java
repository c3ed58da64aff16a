package city.elicence.wallet.present;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Need;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownServer;
import city.elicence.wallet.town.TownVerifier;
import city.elicence.wallet.town.Townsfolk;
import city.elicence.wallet.town.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VP 1.0: answering a request")
class PresentTest {
    private final Town town = new Town();
    private final TownVerifier bank = new TownVerifier(Townsfolk.named("Bank", town.clock.instant()));

    @BeforeEach
    void licence() {
        town.ledger.mayAsk(bank.party, "driving-licence", "family_name", "vehicle_class");
        assertEquals("Driving licence", town.licence().name().en());
        town.clock.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        bank.close();
        town.close();
    }

    private Presented answered(String link) {
        Consent consent = town.wallet.readRequest(link).orThrow();
        return town.wallet.present(consent, consent.suggested()).orThrow();
    }

    private String lastNonce() throws SdJwtException {
        return KeyBinding.of(SdJwt.parse(bank.presentation())).nonce();
    }

    @Test
    @DisplayName("§5, §8: who asks, for what, and an encrypted answer that the verifier's own code accepts")
    void whole() throws SdJwtException {
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        assertEquals(Standing.ACCREDITED, consent.verifier().standing());
        assertEquals("City Bank", consent.verifier().name().en());
        Consent.Question question = consent.questions().get(0);
        assertEquals(
                Set.of("family_name", "issuing_authority"),
                question.matches().get(0).disclosed().stream()
                        .map(claim -> claim.path().toString())
                        .collect(java.util.stream.Collectors.toSet()));
        Presented presented = town.wallet.present(consent, consent.suggested()).orThrow();
        assertEquals("https://bank.example/done#code=1", String.valueOf(presented.follow()));
        assertEquals("state-1", bank.responses.get(0).get("state"));
        Verdict verdict = new PresentationVerifier(ReplayGuard.inMemory(10))
                .verify(
                        Presentation.of(bank.presentation()),
                        Expectation.online(lastNonce(), bank.clientId())
                                .withStatus(Need.IF_PRESENT, Duration.ofDays(1))
                                .askedBy(bank.party.did(), List.of()),
                        town.ledger,
                        town.clock.instant());
        assertTrue(verdict.isAccepted(), verdict.toString());
    }

    @Test
    @DisplayName("HAIP 1.0 §5.1: a request is taken from haip-vp:// as from openid4vp://")
    void haipScheme() {
        Consent consent = town.wallet
                .readRequest(bank.link(true).replace("openid4vp://", "haip-vp://"))
                .orThrow();
        assertEquals(Standing.ACCREDITED, consent.verifier().standing());
    }

    @Test
    @DisplayName("Every copy is seen by one verifier only, while there are fresh ones, and then the oldest again")
    void unlinkable() {
        Set<String> seen = new java.util.HashSet<>();
        for (int i = 0; i < 3; i++) {
            answered(bank.link(true));
            String issuerJwt =
                    bank.presentation().substring(0, bank.presentation().indexOf('~'));
            assertTrue(seen.add(issuerJwt));
            town.clock.pass(Duration.ofMinutes(1));
        }
        assertEquals(0, town.wallet.cards().get(0).freshCopies());
        for (int round = 0; round < 2; round++) {
            Set<String> again = new java.util.HashSet<>();
            for (int i = 0; i < 3; i++) {
                answered(bank.link(true));
                again.add(bank.presentation().substring(0, bank.presentation().indexOf('~')));
                town.clock.pass(Duration.ofMinutes(1));
            }
            assertEquals(seen, again, "in turns");
        }
    }

    @Test
    @DisplayName("Nothing that was not disclosed leaves the wallet: all bytes of all calls, every claim value")
    void minimal() throws JsonException {
        bank.encrypts = false;
        bank.claims = List.of("vehicle_class");
        answered(bank.link(false));
        // Answers in clear, so that every byte that left can be looked at; disclosures are base64url inside.
        String everything = town.wire.everything() + decoded(bank.presentation());
        for (String secret :
                List.of("Testname-Zhao", "1990-07-01", "110101199007010000", "Chaoyang-Test", "Fangcaodi-9")) {
            assertFalse(everything.contains(secret), secret);
            assertFalse(everything.contains(Base64Url.encodeText(secret)), secret);
        }
        assertTrue(decoded(bank.presentation()).contains("\"C1-Test\""));
        assertFalse(
                town.wallet.history().toString().contains("C1-Test"), "the history names claims and holds no value");
    }

    private static String decoded(String presentation) throws JsonException {
        StringBuilder all = new StringBuilder();
        for (String part : presentation.split("[~.]", -1)) {
            try {
                all.append(new String(Base64Url.decode(part), java.nio.charset.StandardCharsets.UTF_8));
            } catch (JsonException e) {
                all.append(part);
            }
        }
        return all.toString();
    }

    @Test
    @DisplayName("§8.2: direct_post, in clear where the verifier wants it so; a 200 without redirect_uri ends it")
    void directPost() {
        bank.encrypts = false;
        bank.answer = TownServer.json(200, Map.of());
        assertNull(answered(bank.link(false)).follow());
        assertTrue(bank.presentation().contains("~"));
    }

    @Test
    @DisplayName("§8.2: a redirect_uri that would run something is not handed to the browser")
    void redirect() {
        bank.answer = TownServer.json(200, Map.of("redirect_uri", "javascript:alert(1)"));
        assertNull(answered(bank.link(true)).follow());
        bank.answer = TownServer.json(200, Map.of("redirect_uri", "bank-app://done?x=1"));
        assertEquals(
                "bank-app://done?x=1", String.valueOf(answered(bank.link(true)).follow()));
    }

    @Test
    @DisplayName("§5.9.3: x509_san_dns, with the response to that host")
    void sanDns() {
        bank.prefix = "x509_san_dns:";
        answered(bank.link(true));
        assertEquals(1, bank.responses.size());
    }

    @Test
    @DisplayName(
            "§5.9.3: decentralized_identifier, by the key that the ledger has; who is accredited is known by its DID")
    void did() {
        bank.prefix = "decentralized_identifier:";
        town.ledger.publishKeys(bank.party, bank.party.key().publicKey());
        town.wallet = new Wallet(town.parts().resolvingDidsBy(town.ledger::didKey));
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        assertEquals("City Bank", consent.verifier().name().en());
        bank.x5c = List.of();
        answered(bank.link(true));
        assertEquals(1, bank.responses.size());
    }

    @Test
    @DisplayName(
            "§5.9.3: redirect_uri, unsigned: a stranger, who gets nothing unless the holder says that they know it")
    void unsigned() {
        bank.prefix = "redirect_uri:";
        bank.encrypts = false;
        bank.claims = List.of("birth_date");
        Consent consent = town.wallet.readRequest(bank.unsignedLink()).orThrow();
        assertEquals(Standing.STRANGER, consent.verifier().standing());
        assertTrue(
                Town.refusal(town.wallet.present(consent, consent.suggested())).is(Reason.VERIFIER_NOT_ACCREDITED));
        assertEquals(List.of(), bank.responses);
        Choice known = consent.suggested().evenThoughNobodyVouchesForTheVerifier();
        assertEquals(
                "https://bank.example/done#code=1",
                String.valueOf(town.wallet.present(consent, known).orThrow().follow()));
    }

    @Test
    @DisplayName(
            "§8.4: transaction data are shown, and signed over by their hash; a type that is not understood refuses"
                    + " all")
    void transactionData() throws SdJwtException {
        String data = Base64Url.encodeText(Json.write(
                Map.of("type", "urn:test:payment", "credential_ids", List.of("licence"), "amount", "12.50")));
        bank.requestTamper = request -> request.put("transaction_data", List.of(data));
        String link = bank.link(true);
        assertTrue(Town.refusal(town.wallet.readRequest(link)).is(Reason.TRANSACTION_NOT_UNDERSTOOD));
        town.wallet.tellRefused(link).orThrow();
        assertEquals("invalid_transaction_data", bank.error());
        town.wallet = new Wallet(town.parts().understanding(Set.of("urn:test:payment")));
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        assertTrue(consent.transactions().get(0).contains("12.50"));
        town.wallet.present(consent, consent.suggested()).orThrow();
        Map<String, Object> claims =
                KeyBinding.of(SdJwt.parse(bank.presentation())).claims();
        byte[] hash =
                city.elicence.credentials.jose.Sha256.of(data.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(List.of(Base64Url.encode(hash)), claims.get("transaction_data_hashes"));
        assertNull(claims.get("transaction_data_hashes_alg"), "it was not named in the request");
    }

    @Test
    @DisplayName("§8.5: denying is told as access_denied, and shows nothing")
    void denied() {
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        assertEquals(
                "https://bank.example/done#code=1",
                String.valueOf(town.wallet.deny(consent).orThrow().follow()));
        assertEquals("access_denied", bank.error());
        assertFalse(bank.responses.get(0).containsKey("vp_token"));
        assertEquals(HistoryEntry.Kind.DENIED, town.wallet.history().get(0).kind());
        assertEquals(3, town.wallet.cards().get(0).freshCopies());
        assertTrue(
                Town.refusal(town.wallet.present(consent, consent.suggested())).is(Reason.REQUEST_REPLAYED));
    }

    @Test
    @DisplayName("History: who saw what, when, and what became of it; an answer that may have arrived is said to be so")
    void history() {
        answered(bank.link(true));
        HistoryEntry shown = town.wallet.history().get(0);
        assertEquals(HistoryEntry.Kind.PRESENTED, shown.kind());
        assertEquals("City Bank", shown.party().en());
        assertEquals(
                List.of("family_name", "issuing_authority"),
                shown.claims().stream().sorted().toList());
        town.clock.pass(Duration.ofSeconds(1));
        bank.answer = TownServer.json(400, Map.of("error", "invalid_presentation"));
        Consent refused = town.wallet.readRequest(bank.link(true)).orThrow();
        assertTrue(
                Town.refusal(town.wallet.present(refused, refused.suggested())).is(Reason.VERIFIER_REFUSED));
        assertEquals(
                HistoryEntry.Kind.REFUSED_BY_VERIFIER,
                town.wallet.history().get(0).kind());
        town.clock.pass(Duration.ofSeconds(1));
        Consent lost = town.wallet.readRequest(bank.link(true)).orThrow();
        town.wire.meet(0, Wire.Fate.LOST_AFTER);
        assertTrue(Town.refusal(town.wallet.present(lost, lost.suggested())).is(Reason.NETWORK));
        assertEquals(
                HistoryEntry.Kind.SENT_UNCONFIRMED, town.wallet.history().get(0).kind());
        assertEquals(0, town.wallet.cards().get(0).freshCopies(), "a copy that may have been seen is not fresh");
    }

    @Test
    @DisplayName("A wallet killed while it answers counts the copy as seen")
    void killed() {
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        town.wire.meet(0, Wire.Fate.KILLED_AFTER);
        try {
            assertNotEquals(null, town.wallet.present(consent, consent.suggested()));
        } catch (Wire.Killed e) {
            town.restart();
        }
        assertEquals(2, town.wallet.cards().get(0).freshCopies());
        assertEquals(
                HistoryEntry.Kind.SENT_UNCONFIRMED, town.wallet.history().get(0).kind());
    }

    @Test
    @DisplayName("What is always disclosed is shown to the holder as such before they agree")
    void alwaysDisclosed() {
        bank.claims = List.of();
        Consent consent = town.wallet.readRequest(bank.link(true)).orThrow();
        List<CardClaim> seen = consent.questions().get(0).matches().get(0).disclosed();
        assertEquals(1, seen.size());
        assertEquals("issuing_authority", seen.get(0).path().toString());
        assertFalse(seen.get(0).selective());
    }
}
