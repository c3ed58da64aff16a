package city.elicence.node.books;

import city.elicence.node.ledger.LedgerId;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.ledger.Txn;
import city.elicence.node.state.State;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ledgers and state together. One thread writes: it puts transactions on disk and then publishes the state that they lead to; all
 * others read what was last published.
 */
public final class Books implements Closeable {
    /** What a transaction does to the state. */
    public interface Effect {
        State applied(Txn txn, State state);
    }

    private final LedgerStore store;
    private volatile Committed committed;

    private Books(LedgerStore store, State state, long lastTime) {
        this.store = store;
        this.committed = snapshot(store, state, lastTime);
    }

    public static Books open(Path folder, State initial, Effect effect) throws IOException {
        Replayed replayed = new Replayed(initial, effect);
        LedgerStore store = LedgerStore.open(folder, replayed::apply);
        return new Books(store, replayed.state, replayed.lastTime);
    }

    private static final class Replayed {
        private final Effect effect;
        private State state;
        private long lastTime;

        Replayed(State initial, Effect effect) {
            this.state = initial;
            this.effect = effect;
        }

        void apply(LedgerId ledger, Txn txn) {
            state = effect.applied(txn, state);
            lastTime = Math.max(lastTime, txn.time());
        }
    }

    public Committed committed() {
        return committed;
    }

    public LedgerStore store() {
        return store;
    }

    /** Puts the batch on disk, then publishes the state after it. For the writing thread only. */
    public void commit(List<LedgerStore.Entry> batch, State after, long time) throws IOException {
        store.append(batch);
        committed = snapshot(store, after, time);
    }

    private static Committed snapshot(LedgerStore store, State state, long lastTime) {
        // The hashes are computed here, by the one thread that writes, and only read by all others.
        for (LedgerId ledger : LedgerId.values()) {
            state.of(ledger).rootHash();
        }
        return new Committed(
                state, store.size(LedgerId.POOL), store.size(LedgerId.DOMAIN), store.size(LedgerId.CONFIG), lastTime);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
