package city.elicence.wallet.store;

import city.elicence.credentials.catalogue.Format;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A licence as its holder sees it. It was verified before it was stored.
 *
 * @param type the {@code vct}, or the document type of an mdoc
 * @param format an mdoc is shown face to face, the other by its code; both online
 * @param anchored true when the ledger is proven to hold the digest of every copy
 * @param freshCopies how many copies no verifier has seen: showing one of them cannot be linked to an earlier showing
 * @param statusAsOf when the state was last learnt from the issuer, null when never
 */
public record Card(
        String id,
        String type,
        Format format,
        Words name,
        Party issuer,
        CardLook look,
        List<CardClaim> claims,
        CardState state,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Instant statusAsOf,
        boolean anchored,
        int freshCopies,
        Instant receivedAt) {
    public Card {
        claims = List.copyOf(claims);
    }
}
