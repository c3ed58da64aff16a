package city.elicence.wallet.receive;

import city.elicence.wallet.discover.CredentialOffer;
import city.elicence.wallet.discover.Offering;
import city.elicence.wallet.http.Exchange;

/**
 * What accepting an offer needs to know of it; nothing in it is for the holder's eyes. The exchange is the one that read it, with the
 * nonces that came with it (RFC 9449 section 8.2).
 */
public final class OfferTerms {
    private final CredentialOffer offer;
    private final Offering offering;
    private final Exchange exchange;
    private final boolean strangersAccepted;

    OfferTerms(CredentialOffer offer, Offering offering, Exchange exchange, boolean strangersAccepted) {
        this.offer = offer;
        this.offering = offering;
        this.exchange = exchange;
        this.strangersAccepted = strangersAccepted;
    }

    OfferTerms acceptingStrangers() {
        return new OfferTerms(offer, offering, exchange, true);
    }

    CredentialOffer offer() {
        return offer;
    }

    Offering offering() {
        return offering;
    }

    Exchange exchange() {
        return exchange;
    }

    boolean strangersAccepted() {
        return strangersAccepted;
    }
}
