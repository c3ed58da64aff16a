package city.elicence.wallet.receive;

import city.elicence.wallet.discover.CredentialOffer;
import city.elicence.wallet.discover.Offering;

/** What accepting an offer needs to know of it; nothing in it is for the holder's eyes. */
public final class OfferTerms {
    private final CredentialOffer offer;
    private final Offering offering;
    private final boolean strangersAccepted;

    OfferTerms(CredentialOffer offer, Offering offering, boolean strangersAccepted) {
        this.offer = offer;
        this.offering = offering;
        this.strangersAccepted = strangersAccepted;
    }

    OfferTerms acceptingStrangers() {
        return new OfferTerms(offer, offering, true);
    }

    CredentialOffer offer() {
        return offer;
    }

    Offering offering() {
        return offering;
    }

    boolean strangersAccepted() {
        return strangersAccepted;
    }
}
