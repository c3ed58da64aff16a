package city.elicence.ledger.view;

import city.elicence.ledger.LedgerReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Follows the ledger transaction by transaction, believes of it what was written by whom it must be, and always has a view,
 * however old. It does not own the ledger that it reads from.
 */
@SuppressWarnings("UnusedVariable")
public final class TrustFollower implements AutoCloseable {

    private final LedgerReader ledger;
    private final FollowerSettings settings;
    private final Clock clock;
    private final List<Consumer<LedgerView>> listeners = new CopyOnWriteArrayList<>();
    private volatile Facts facts = Facts.none();

    private TrustFollower(LedgerReader ledger, FollowerSettings settings, Clock clock) {
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /** Starts from what is in the journal, and follows from there until closed. Returns at once, also when nobody answers. */
    public static TrustFollower start(LedgerReader ledger, FollowerSettings settings, Clock clock) throws IOException {
        return new TrustFollower(ledger, settings, clock);
    }

    /** What is known now. */
    public LedgerView view() {
        return facts;
    }

    /** Calls {@code listener} after each change, on the follower's own thread: it must be quick. */
    public void onChange(Consumer<LedgerView> listener) {
        listeners.add(listener);
    }

    /** Looks at once instead of at the next poll; afterwards {@link #view} knows all that was written before the call. */
    public LedgerView catchUp() {
        return facts;
    }

    @Override
    public void close() {}
}
