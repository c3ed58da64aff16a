package city.elicence.wallet.receive;

import city.elicence.credentials.jose.Suites;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.discover.CredentialOffer;
import city.elicence.wallet.discover.Discovery;
import city.elicence.wallet.discover.Offering;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.party.Vouching;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads offers, and checks what the holder answers before anything is asked of the issuer. */
final class OfferDesk {
    private static final int LONGEST_TX_CODE = 64;

    private final Vouching vouching;
    private final Clock clock;
    private final Suites suites;

    OfferDesk(Vouching vouching, Clock clock, Suites suites) {
        this.vouching = vouching;
        this.clock = clock;
        this.suites = suites;
    }

    /** By an exchange of its own, which goes on with the reception. */
    OfferPreview read(String text, Exchange exchange) throws RefusedException {
        Discovery discovery = new Discovery(exchange, vouching, clock);
        CredentialOffer offer = discovery.offer(text);
        Offering offering = discovery.offering(offer);
        List<OfferPreview.OfferedLicence> licences = new ArrayList<>();
        for (Configuration configuration : offering.offered()) {
            String why = configuration.notReceivable(suites);
            if (why != null) {
                throw new RefusedException(Reason.OFFER_NOT_SUPPORTED, why);
            }
            licences.add(new OfferPreview.OfferedLicence(
                    configuration.id(), configuration.vct(), configuration.name(), configuration.look()));
        }
        if (offering.metadata().encryption().impossible()) {
            throw new RefusedException(Reason.OFFER_NOT_SUPPORTED, "an encryption that this wallet cannot do");
        }
        boolean signIn = offer.preAuthorised() == null;
        if (signIn && offering.server().authorizationEndpoint() == null) {
            throw new RefusedException(Reason.OFFER_NOT_SUPPORTED, "no grant that this wallet can use");
        }
        return new OfferPreview(
                offering.issuer(), licences, txCode(offer), signIn, new OfferTerms(offer, offering, exchange, false));
    }

    private static OfferPreview.@Nullable TxCode txCode(CredentialOffer offer) {
        CredentialOffer.PreAuthorised grant = offer.preAuthorised();
        CredentialOffer.TxCodeTerms terms = grant == null ? null : grant.txCode();
        return terms == null ? null : new OfferPreview.TxCode(terms.numeric(), terms.length(), terms.description());
    }

    /** Section 3.5: a code goes with the token request exactly when the offer says so. */
    static void check(OfferPreview.@Nullable TxCode wanted, @Nullable String given) throws RefusedException {
        if (wanted == null && given != null) {
            throw new RefusedException(Reason.TX_CODE_MALFORMED, "this offer takes no code");
        }
        if (wanted == null) {
            return;
        }
        if (given == null || given.isEmpty()) {
            throw new RefusedException(Reason.TX_CODE_NEEDED, "this offer takes a code");
        }
        Integer length = wanted.length();
        if (given.length() > LONGEST_TX_CODE || (length != null && given.length() != length)) {
            throw new RefusedException(Reason.TX_CODE_MALFORMED, "expected a code of " + length + " characters");
        }
        if (wanted.numeric() && !given.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new RefusedException(Reason.TX_CODE_MALFORMED, "expected digits");
        }
    }
}
