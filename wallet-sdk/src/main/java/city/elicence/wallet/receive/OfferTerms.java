package city.elicence.wallet.receive;

/** What accepting an offer needs to know of it; nothing in it is for the holder's eyes. */
public final class OfferTerms {
    private final boolean strangersAccepted;

    OfferTerms(boolean strangersAccepted) {
        this.strangersAccepted = strangersAccepted;
    }

    OfferTerms acceptingStrangers() {
        return new OfferTerms(true);
    }

    boolean strangersAccepted() {
        return strangersAccepted;
    }
}
