package city.elicence.wallet.authorise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownVerifier;
import city.elicence.wallet.town.Townsfolk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Standing consents: who, which claims, what for, until when; and nothing beyond")
class StandingConsentTest {
    private final Town town = new Town();
    private final TownVerifier bank = new TownVerifier(Townsfolk.named("Bank", town.clock.instant()));

    @BeforeEach
    void licence() {
        town.ledger.mayAsk(bank.party, "driving-licence", "family_name", "address");
        assertEquals(3, town.licence().freshCopies());
        town.clock.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        bank.close();
        town.close();
    }

    private StandingConsent give(String did, String type, String claim) {
        return town.wallet.giveConsent(
                did,
                type,
                Set.of(ClaimPath.parse(claim)),
                "account opening",
                town.clock.instant().plus(Duration.ofDays(30)));
    }

    private Consent asked() {
        return town.wallet.readRequest(bank.link(true)).orThrow();
    }

    private void notCovered() {
        assertTrue(Town.refusal(town.wallet.presentAsConsented(asked())).is(Reason.NOT_CONSENTED));
        assertEquals(List.of(), bank.responses);
    }

    @Test
    @DisplayName("What is covered is answered with nobody asked, and the history names the consent")
    void covered() {
        StandingConsent given = give(bank.party.did().value(), TownIssuer.VCT, "family_name");
        town.restart();
        assertEquals(List.of(given), town.wallet.consents());
        assertNotNull(town.wallet.presentAsConsented(asked()).orThrow().follow());
        assertEquals(given.id(), town.wallet.history().get(0).consentId());
    }

    @Test
    @DisplayName("A path covers what lies below it")
    void below() {
        assertNotNull(give(bank.party.did().value(), TownIssuer.VCT, "address"));
        bank.claims = List.of("address.district");
        assertNotNull(town.wallet.presentAsConsented(asked()).orThrow().follow());
    }

    @Test
    @DisplayName("Another verifier, another type, another claim, a transaction beside it: none is covered")
    void another() {
        Townsfolk insurer = Townsfolk.named("Insurer", town.clock.instant());
        assertNotNull(give(insurer.did().value(), TownIssuer.VCT, "family_name"));
        notCovered();
        assertNotNull(give(bank.party.did().value(), "https://types.example/other", "family_name"));
        notCovered();
        assertNotNull(give(bank.party.did().value(), TownIssuer.VCT, "address"));
        notCovered();
        assertNotNull(give(bank.party.did().value(), TownIssuer.VCT, "family_name"));
        String data = Base64Url.encodeText(
                Json.write(Map.of("type", "urn:test:payment", "credential_ids", List.of("licence"))));
        bank.requestTamper = request -> request.put("transaction_data", List.of(data));
        town.wallet = new Wallet(town.parts().understanding(Set.of("urn:test:payment")));
        notCovered();
    }

    @Test
    @DisplayName("A verifier that lost its accreditation has no DID by which it could be covered")
    void stranger() {
        assertNotNull(give(bank.party.did().value(), TownIssuer.VCT, "family_name"));
        town.ledger.forget(bank.party);
        notCovered();
    }

    @Test
    @DisplayName("What was withdrawn, and what has ended, covers nothing")
    void ended() {
        StandingConsent given = give(bank.party.did().value(), TownIssuer.VCT, "family_name");
        assertTrue(town.wallet.withdrawConsent(given.id()));
        assertFalse(town.wallet.withdrawConsent(given.id()));
        notCovered();
        assertNotNull(give(bank.party.did().value(), TownIssuer.VCT, "family_name"));
        town.clock.pass(Duration.ofDays(30));
        notCovered();
    }
}
