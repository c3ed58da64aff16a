package city.elicence.wallet.store;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** The card of an act that is about none. */
    public static final Words NO_CARD = Words.same("");

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

    public HistoryEntry as(Kind other) {
        return new HistoryEntry(id, at, other, party, partyId, cardName, cardId, claims, consentId);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("at", at.toString());
        json.put("kind", kind.name());
        json.put("party", party.toJson());
        json.put("party_id", partyId);
        json.put("card_name", cardName.toJson());
        if (cardId != null) {
            json.put("card", cardId);
        }
        json.put("claims", claims);
        if (consentId != null) {
            json.put("consent", consentId);
        }
        return json;
    }

    static HistoryEntry fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new HistoryEntry(
                fields.string("id"),
                fields.time("at"),
                Kind.valueOf(fields.string("kind")),
                Words.fromJson(fields.object("party")),
                fields.string("party_id"),
                Words.fromJson(fields.object("card_name")),
                fields.optString("card").orElse(null),
                fields.strings("claims"),
                fields.optString("consent").orElse(null));
    }
}
