package city.elicence.wallet.receive;

import city.elicence.wallet.outcome.Words;
import java.time.Instant;

/** A licence that was accepted and has not arrived yet. */
public record PendingReceipt(String id, Words issuer, Words licences, Instant since, Step step) {
    public enum Step {
        ACCEPTED,
        SIGNING_IN,
        ALLOWED,
        DEFERRED,
        STORED
    }
}
