package city.elicence.verifier.trust;

import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.mandate.Mandates;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

/** The status lists that a presentation names, itself and in its chain; nothing of it is believed yet. */
record NamedLists(Set<URI> ofIssuers, Set<URI> ofCompanies) {
    static NamedLists in(Presentation presentation) {
        Set<URI> issuers = new LinkedHashSet<>();
        Set<URI> companies = new LinkedHashSet<>();
        try {
            switch (presentation.format()) {
                case SD_JWT_VC -> {
                    SdJwt shown = SdJwt.parse(presentation.text());
                    add(shown, issuers, companies);
                    for (SdJwt parent : Mandates.chain(shown.issuerJwt())) {
                        add(parent, issuers, companies);
                    }
                }
                case MDOC -> add(DeviceResponse.fromText(presentation.text()), issuers);
            }
        } catch (SdJwtException | MdocException | StatusException unreadable) {
            // The verifier says so, by name.
            return new NamedLists(Set.of(), Set.of());
        }
        return new NamedLists(issuers, companies);
    }

    private static void add(DeviceResponse response, Set<URI> issuers) throws StatusException {
        for (MobileDocument document : response.documents()) {
            Object status = document.issuerSigned().securityObject().status();
            if (status != null) {
                issuers.add(StatusReference.fromClaim(status).uri());
            }
        }
    }

    /** The claim is never in a disclosure. */
    private static void add(SdJwt sdJwt, Set<URI> issuers, Set<URI> companies) throws StatusException {
        Object status = sdJwt.payload().get("status");
        if (status != null) {
            (Mandates.isChained(sdJwt.issuerJwt()) ? companies : issuers)
                    .add(StatusReference.fromClaim(status).uri());
        }
    }
}
