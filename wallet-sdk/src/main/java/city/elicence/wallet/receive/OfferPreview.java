package city.elicence.wallet.receive;

import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.store.CardLook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a holder sees before accepting: who gives what. Nothing was asked of the issuer yet but its public metadata.
 *
 * @param txCode the code that the issuer gives by another way, or null where none is needed
 * @param signInNeeded true where the holder has to sign in at the issuer in a browser
 */
public record OfferPreview(
        Party issuer,
        List<OfferedLicence> licences,
        @Nullable TxCode txCode,
        boolean signInNeeded,
        OfferTerms terms) {
    public OfferPreview {
        licences = List.copyOf(licences);
    }

    /** One licence of the offer. */
    public record OfferedLicence(String configurationId, String type, Words name, CardLook look) {}

    /** Section 4.1.1: how the transaction code looks. */
    public record TxCode(
            boolean numeric,
            @Nullable Integer length,
            @Nullable String description) {}

    /** The holder knows who this is, though nobody in this city vouches for them. */
    public OfferPreview evenThoughNobodyVouchesForTheIssuer() {
        return new OfferPreview(issuer, licences, txCode, signInNeeded, terms.acceptingStrangers());
    }
}
