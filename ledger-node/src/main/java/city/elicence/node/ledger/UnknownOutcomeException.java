package city.elicence.node.ledger;

import java.io.IOException;

/** A batch may or may not be on disk: the write failed, and so did taking it back. The next start will tell. */
public final class UnknownOutcomeException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Throwable cause) {
        super("the ledger's disk failed in the middle of a write; restart the node to learn what was kept", cause);
    }
}
