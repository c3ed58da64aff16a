package city.elicence.wallet.proximity;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.present.Consent;
import java.util.List;
import java.util.Map;

/**
 * What a reader that is near asks of the holder.
 *
 * @param reader who signed the request, or a stranger
 * @param questions one for each document asked for
 * @param session for {@code wallet.present} and {@code wallet.deny}
 */
public record NearbyConsent(Party reader, List<Question> questions, NearbyReader session) {
    public NearbyConsent {
        questions = List.copyOf(questions);
    }

    /**
     * A document asked for.
     *
     * @param elements those asked for, each with whether the reader means to keep it
     * @param matches the cards that it can be shown of, with the elements that the reader would see; empty where none is held
     */
    public record Question(String docType, Map<ClaimPath, Boolean> elements, List<Consent.Match> matches) {
        public Question {
            elements = Map.copyOf(elements);
            matches = List.copyOf(matches);
        }
    }
}
