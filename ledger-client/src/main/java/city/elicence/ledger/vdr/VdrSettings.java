package city.elicence.ledger.vdr;

import city.elicence.credentials.trust.Did;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach a pool of nodes through libindy_vdr.
 *
 * @param genesis the pool's genesis transactions, one JSON object a line
 * @param authority the DID whose word counts on accreditations and types
 * @param acknowledgeWithin how long a node may take to say that it has a request
 * @param answerWithin how long the pool may take to answer
 * @param refreshEvery how often the list of nodes is brought up to date
 */
public record VdrSettings(
        Path genesis, Did authority, Duration acknowledgeWithin, Duration answerWithin, Duration refreshEvery) {

    public VdrSettings {
        if (acknowledgeWithin.toSeconds() < 1 || answerWithin.compareTo(acknowledgeWithin) < 0) {
            throw new IllegalArgumentException("limits in whole seconds expected, the answer's the longer one");
        }
        if (refreshEvery.isNegative() || refreshEvery.isZero()) {
            throw new IllegalArgumentException("refreshEvery must be positive");
        }
    }

    /** Limits that suit a pool in the same city. */
    public static VdrSettings of(Path genesis, Did authority) {
        return new VdrSettings(
                genesis, authority, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    /** The same with other limits on waiting. */
    public VdrSettings within(Duration acknowledge, Duration answer) {
        return new VdrSettings(genesis, authority, acknowledge, answer, refreshEvery);
    }
}
