package city.elicence.node.ledger;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A batch could not be written, and nothing of it is on disk. */
public final class NotWrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    NotWrittenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
