package city.elicence.wallet.store;

import city.elicence.wallet.outcome.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who saw what, when; or who gave what. It names claims and never holds their values.
 *
 * @param cardId the card, which may have been deleted since
 * @param claims the paths that were disclosed, dotted
 * @param consentId the standing consent under which it was answered, null when the holder was asked
 */
public record HistoryEntry(
        String id,
        Instant at,
        Kind kind,
        Words party,
        String partyId,
        Words cardName,
        @Nullable String cardId,
        List<String> claims,
        @Nullable String consentId) {
    public HistoryEntry {
        claims = List.copyOf(claims);
    }

    public enum Kind {
        RECEIVED,
        /** Written before the answer leaves; it stays so when nobody can know whether it arrived. */
        SENT_UNCONFIRMED,
        PRESENTED,
        PRESENTED_OFFLINE,
        REFUSED_BY_VERIFIER,
        DENIED,
        DELETED
    }
}
