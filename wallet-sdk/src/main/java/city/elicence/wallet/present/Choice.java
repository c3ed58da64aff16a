package city.elicence.wallet.present;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the holder agreed to: which cards answer which question.
 *
 * @param picks card ids by the id of the question; a question that is not in it is not answered
 */
public record Choice(Map<String, List<String>> picks, boolean strangersAccepted) {
    public Choice {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> pick : picks.entrySet()) {
            copy.put(pick.getKey(), List.copyOf(pick.getValue()));
        }
        picks = Collections.unmodifiableMap(copy);
    }

    /** Answers the question with this card alone. */
    public Choice with(String question, String cardId) {
        Map<String, List<String>> more = new LinkedHashMap<>(picks);
        more.put(question, List.of(cardId));
        return new Choice(more, strangersAccepted);
    }

    /** Answers the question with one card more, where the verifier takes several. */
    public Choice adding(String question, String cardId) {
        List<String> cards = new ArrayList<>(picks.getOrDefault(question, List.of()));
        cards.add(cardId);
        Map<String, List<String>> more = new LinkedHashMap<>(picks);
        more.put(question, cards);
        return new Choice(more, strangersAccepted);
    }

    public Choice without(String question) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(picks);
        fewer.remove(question);
        return new Choice(fewer, strangersAccepted);
    }

    /** The holder knows who asks, though nobody in this city vouches for them. */
    public Choice evenThoughNobodyVouchesForTheVerifier() {
        return new Choice(picks, true);
    }
}
