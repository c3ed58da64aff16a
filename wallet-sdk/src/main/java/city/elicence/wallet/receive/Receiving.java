package city.elicence.wallet.receive;

import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.store.Card;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where an accepted offer has got to. All but {@code Received} are kept, and go on by their {@code pendingId}. */
public sealed interface Receiving {
    /**
     * The cards are verified and stored.
     *
     * @param refused what did not come of an offer of several licences, and why
     */
    record Received(List<Card> cards, List<Refusal> refused) implements Receiving {
        public Received {
            cards = List.copyOf(cards);
            refused = List.copyOf(refused);
        }
    }

    /** The holder signs in there in a browser; what comes back goes to {@code wallet.signedIn(...)}. */
    record SignInNeeded(String pendingId, URI page) implements Receiving {}

    /** Section 9: the issuer needs time; {@code wallet.resume(pendingId)} asks again. */
    record Later(String pendingId, Duration askAgainAfter) implements Receiving {}

    /** The network went away; {@code wallet.resume(pendingId)} goes on where it stopped. */
    record Interrupted(String pendingId, String detail) implements Receiving {}
}
