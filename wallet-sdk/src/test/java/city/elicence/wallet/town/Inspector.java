package city.elicence.wallet.town;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.proximity.DeviceRequest;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.mdoc.proximity.ReaderSession;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policeman with a reader, who may ask for name and age of a mobile driving licence; the wallet of the town has one. */
public final class Inspector {
    private final Town town;
    private final Townsfolk police;

    public Inspector(Town town) {
        this.town = town;
        this.police = Townsfolk.named("Police", town.clock.instant());
        town.issuer.mdoc = true;
        town.ledger.mayIssue(town.issuer.party, "driving-licence.mdoc", TownIssuer.MDL);
        town.ledger.mayAskElements(police, "driving-licence.mdoc", TownIssuer.ISO, "family_name", "age_over_18");
        town.licence();
        town.clock.pass(Duration.ofSeconds(1));
    }

    public static DocumentRequest asking(String... elements) {
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        for (String element : elements) {
            wanted.put(element, false);
        }
        return DocumentRequest.of(TownIssuer.MDL, Map.of(TownIssuer.ISO, wanted));
    }

    /** The request, signed for the session of that reader. */
    public DocumentRequest signed(ReaderSession reader, String... elements) {
        return asking(elements).signed(reader.transcript(), police.key(), police.chain());
    }

    /** The message to send. */
    public byte[] ask(ReaderSession reader, String... elements) {
        return reader.ask(session -> new DeviceRequest(List.of(signed(reader, elements))));
    }

    public Verdict judged(ReaderSession reader, DeviceResponse response) {
        return new PresentationVerifier(ReplayGuard.inMemory(10))
                .verify(
                        Presentation.in(Format.MDOC, response.toText()),
                        Expectation.offline()
                                .inSession(reader.transcript(), reader.ephemeralKey())
                                .ofTypes(List.of(TownIssuer.MDL)),
                        town.ledger,
                        town.clock.instant());
    }

    /** The claims that were shown, where all is in order. */
    public Map<String, Object> accepted(ReaderSession reader, DeviceResponse response) {
        return judged(reader, response).fold(accepted -> accepted.credential().claims(), refused -> {
            throw new AssertionError(refused.refusal() + ": " + refused.detail());
        });
    }
}
