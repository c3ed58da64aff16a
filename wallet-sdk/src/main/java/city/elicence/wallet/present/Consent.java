package city.elicence.wallet.present;

import city.elicence.wallet.party.Party;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the holder is asked: who asks, on whose authority, for what. The request was verified, and what its sender may
 * not ask was refused, before this came to be.
 *
 * @param questions what is asked, one for each licence
 * @param needs which of the questions must be answered, and between which there is a choice
 * @param suggested the least that satisfies the verifier, with the card that fits best for each question
 * @param transactions what the holder would agree to beside showing cards, JSON as the verifier wrote it (section 8.4)
 * @param request for {@code wallet.present} and {@code wallet.deny}; nothing in it is for the holder's eyes
 */
public record Consent(
        Party verifier,
        List<Question> questions,
        List<Need> needs,
        Choice suggested,
        List<String> transactions,
        Instant askedAt,
        Request request) {
    public Consent {
        questions = List.copyOf(questions);
        needs = List.copyOf(needs);
        transactions = List.copyOf(transactions);
    }

    /**
     * One credential query of DCQL.
     *
     * @param multiple whether several cards may answer it
     * @param matches the cards that answer it, the best first; empty where none does
     */
    public record Question(String id, boolean multiple, List<Match> matches) {
        public Question {
            matches = List.copyOf(matches);
        }
    }

    /** A card that answers a question, and all that the verifier would see of it, what is always disclosed included. */
    public record Match(Card card, List<CardClaim> disclosed) {
        public Match {
            disclosed = List.copyOf(disclosed);
        }
    }

    /**
     * A set of questions that go together.
     *
     * @param optional true where the verifier goes on without
     * @param options each a list of question ids that satisfies the need, the verifier's preferred first; only those that
     *     this wallet can answer
     */
    public record Need(boolean optional, List<List<String>> options) {
        public Need {
            List<List<String>> copy = new ArrayList<>();
            for (List<String> option : options) {
                copy.add(List.copyOf(option));
            }
            options = Collections.unmodifiableList(copy);
        }
    }
}
