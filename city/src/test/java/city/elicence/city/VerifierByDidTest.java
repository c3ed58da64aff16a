package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.demo.Holder;
import city.elicence.city.demo.Narrator;
import city.elicence.city.demo.Showing;
import city.elicence.city.run.LedgerDidKeys;
import city.elicence.city.setup.Party;
import city.elicence.city.story.Stories;
import city.elicence.city.story.StoryCity;
import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.port.DidKeys;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The whole way: service, ledger node, libindy_vdr and wallet. Forged requests are in the wallet's own tests. */
class VerifierByDidTest {
    @Test
    @DisplayName(
            "OpenID4VP 1.0 §5.9.3: a verifier named by its did:indy is answered by the key that the ledger has, and not"
                    + " when the ledger has another")
    void answeredByTheKeyOnTheLedger() throws Exception {
        try (StoryCity stage = new StoryCity(
                TestCity.get().city(),
                Stories.all().getFirst(),
                new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Holder holder = stage.wallet("asked-by-did");
            stage.issue("traffic-police", "driving-licence", stage.claims("driving-licence"), holder);
            JsonObject check =
                    new JsonObject().put("check", "may-drive-car").put("client_id_prefix", "decentralized_identifier");
            Showing.Outcome outcome = stage.ask("insurer", check, holder);
            assertTrue(outcome.accepted(), outcome.json().encode());

            Party insurer = stage.city().party("insurer");
            TestCity.done(stage.city()
                    .ledger()
                    .publishDocument(
                            DidDocument.of(
                                    insurer.did(),
                                    List.of(SoftwareKey.generate().publicKey())),
                            insurer.ledgerKey()));
            try {
                JsonObject made = stage.verifier()
                        .post("/api/checks", check.copy().put("tenant", "insurer"))
                        .orThrow();
                assertTrue(holder.wallet().readRequest(made.getString("link")) instanceof Outcome.Refused<?> refused
                        && refused.refusal().is(Reason.CLIENT_NOT_PROVEN));
            } finally {
                TestCity.done(stage.city()
                        .ledger()
                        .publishDocument(
                                DidDocument.of(
                                        insurer.did(),
                                        List.of(insurer.signingKey().publicKey())),
                                insurer.ledgerKey()));
            }
        }
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §5.9.3: who may ask has its key on the ledger, and it is no key of another DID")
    void publishedBySetUp() throws Exception {
        DidKeys keys = LedgerDidKeys.of(TestCity.get().city().ledger());
        Party bank = TestCity.get().city().party("bank");
        Party insurer = TestCity.get().city().party("insurer");
        String keyId = DidDocument.keyId(bank.did(), bank.signingKey().publicKey());
        assertEquals(bank.signingKey().publicKey(), keys.key(bank.did().value(), keyId));
        assertEquals(null, keys.key(insurer.did().value(), keyId));
        assertEquals(null, keys.key(bank.did().value(), bank.did().value() + "#verkey"));
        assertEquals(null, keys.key(bank.did().value().replace("beijing", "elsewhere"), keyId));
        assertEquals(null, keys.key("did:web:bank.example", "did:web:bank.example#1"));
    }
}
