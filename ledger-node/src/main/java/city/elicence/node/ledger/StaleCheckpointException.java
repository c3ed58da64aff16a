package city.elicence.node.ledger;

import java.io.IOException;

/** What was computed earlier does not belong to this log; it must be computed again. */
public final class StaleCheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    StaleCheckpointException(String message) {
        super(message);
    }
}
