package city.elicence.ledger.view;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to follow the ledger.
 *
 * @param journal file in which what was learnt is kept for the time when the ledger does not answer
 * @param pollEvery pause between two looks for something new
 */
public record FollowerSettings(Path journal, Duration pollEvery) {

    /** Looks twice a second. */
    public static FollowerSettings of(Path journal) {
        return new FollowerSettings(journal, Duration.ofMillis(500));
    }
}
