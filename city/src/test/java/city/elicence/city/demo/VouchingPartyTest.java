package city.elicence.city.demo;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.CompanyDesk;
import city.elicence.city.TestCity;
import city.elicence.city.run.City;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.receive.Receiving;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "Attestation-Based Client Authentication: a wallet is believed on the word of a wallet provider, and of no other party")
class VouchingPartyTest {
    private final City city = TestCity.get().city();

    VouchingPartyTest() throws Exception {}

    @Test
    @DisplayName("The ledger's wallet provider, a bank in its place, and the provider once it is frozen")
    void whoseWordCounts() throws Exception {
        Holder attested = Holder.open(city, "attested");
        assertInstanceOf(Receiving.Received.class, accept(attested).orThrow());
        refused(accept(Holder.open(city, "attested-by-a-bank", city.party("bank"))));

        Accreditation known = city.follower()
                .view()
                .accreditation(city.party("wallet-provider").did())
                .orElseThrow();
        TestCity.done(city.ledger().accredit(known.frozen(city.clock().instant()), city.authorityKey()));
        try {
            city.follower().catchUp();
            refused(accept(attested));
        } finally {
            TestCity.done(city.ledger().accredit(known, city.authorityKey()));
            city.follower().catchUp();
        }
        assertInstanceOf(Receiving.Received.class, accept(attested).orThrow());
    }

    private static void refused(Outcome<Receiving> outcome) {
        assertTrue(
                outcome instanceof Outcome.Refused<Receiving> refused
                        && refused.refusal().code().equals("offer-not-honoured")
                        && refused.refusal().detail().startsWith("token endpoint: 401"),
                outcome.toString());
    }

    private Outcome<Receiving> accept(Holder holder) throws Exception {
        JsonObject licence = new JsonObject()
                .put("type", "driving-licence")
                .put(
                        "claims",
                        new JsonObject(Catalogue.builtIn()
                                .type("driving-licence")
                                .orElseThrow()
                                .sample()));
        JsonObject offer = CompanyDesk.send(
                        city.issuerBase().resolve("/api/traffic-police/offers"),
                        "POST",
                        new JsonObject().put("licences", new JsonArray().add(licence)),
                        city.token(StaffRole.CLERK))
                .json();
        return holder.wallet()
                .accept(holder.wallet().readOffer(offer.getString("link")).orThrow(), null);
    }
}
