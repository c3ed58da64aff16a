package city.elicence.city.demo;

import city.elicence.city.run.City;
import city.elicence.city.setup.Strangers;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/** The second half of step 6: each dishonest act is refused by name. A wrong outcome ends the demo with an error. */
final class Refusals {
    private final City city;
    private final Desk verifier;
    private final Narrator narrator;

    Refusals(City city, Desk verifier, Narrator narrator) {
        this.city = city;
        this.verifier = verifier;
        this.narrator = narrator;
    }

    /**
     * Tries each attack on an honest presentation.
     *
     * @param honest an accepted offline presentation, as it was scanned
     */
    void offline(Inspector inspector, String honest) throws IOException {
        try {
            expect("the same QR scanned again", inspector.check(honest), "replayed");
            expect(
                    "an altered disclosure",
                    inspector.check(Attacks.alteredDisclosure(honest)),
                    "disclosure-not-signed");
            expect(
                    "a licence shown by someone else",
                    inspector.check(
                            Attacks.shownBySomeoneElse(honest, city.clock().instant())),
                    "not-the-holder");
            Strangers.Office office = Strangers.office(
                    city.party("traffic-police").did(), city.clock().instant());
            expect(
                    "a licence from an unaccredited office",
                    inspector.check(Attacks.byUnaccreditedIssuer(honest, office.chain(), office.key())),
                    "issuer-chain-untrusted");
        } catch (SdJwtException | JoseException | GeneralSecurityException e) {
            throw new IOException("an attack could not be made: " + e.getMessage(), e);
        }
    }

    /** An insurer asks for what the ledger does not let it ask. */
    void overAsking() throws IOException, InterruptedException {
        JsonObject claims = new JsonObject().put("path", new JsonArray().add("ethnicity"));
        JsonObject query = new JsonObject()
                .put("id", "id_card")
                .put("format", "dc+sd-jwt")
                .put(
                        "meta",
                        new JsonObject()
                                .put("vct_values", new JsonArray().add(city.issuerBase() + "/types/resident-id-card")))
                .put("claims", new JsonArray().add(claims));
        Desk.Answer answer = verifier.post(
                "/api/checks",
                new JsonObject()
                        .put("tenant", "insurer")
                        .put("purpose", "curiosity")
                        .put("dcql", new JsonObject().put("credentials", new JsonArray().add(query))));
        if (answer.status() < 400) {
            throw new IOException("an insurer may ask for a citizen's ethnicity");
        }
        narrator.result(
                "a verifier that asks for more than it may",
                "refused: " + answer.json().getString("code", answer.json().getString("error")));
    }

    private void expect(String what, Verdict verdict, String code) throws IOException {
        if (verdict instanceof Verdict.Refused refused
                && List.of(code).contains(refused.refusal().code())) {
            narrator.result(what, "refused: " + code);
            return;
        }
        String found =
                verdict instanceof Verdict.Refused refused ? refused.refusal().code() : "accepted";
        throw new IOException(what + ": expected " + code + ", found " + found);
    }
}
