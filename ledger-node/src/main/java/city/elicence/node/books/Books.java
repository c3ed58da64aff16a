package city.elicence.node.books;

import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.ledger.Resume;
import city.elicence.node.ledger.StaleCheckpointException;
import city.elicence.node.ledger.Storage;
import city.elicence.node.state.NodeTape;
import city.elicence.node.state.State;
import city.elicence.node.state.Trie;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ledgers and state together. One thread writes: it puts transactions on disk and then publishes the state that they lead to; all
 * others read what was last published. Now and then the state goes to disk as well, so that the next start need not compute it from
 * the first transaction on.
 */
public final class Books implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Books.class);
    private static final long CHECKPOINT_AFTER_BYTES = 32L << 20;

    private final Path folder;
    private final LedgerStore store;
    private final NodeTape nodes;
    private long checkpointAt;
    private boolean checkpointFailed;
    private volatile Committed committed;

    /** What a transaction does to the state. */
    public interface Effect {
        State applied(Txn txn, State state);
    }

    private Books(Path folder, LedgerStore store, NodeTape nodes, long checkpointAt, Replayed replayed) {
        this.folder = folder;
        this.store = store;
        this.nodes = nodes;
        this.checkpointAt = checkpointAt;
        this.committed = snapshot(store, replayed.state, replayed.lastTime);
    }

    public static Books open(Path folder, State initial, Effect effect) throws IOException {
        Files.createDirectories(folder);
        Optional<Checkpoint> checkpoint = Checkpoint.read(folder);
        if (checkpoint.isPresent()) {
            try {
                return resume(folder, checkpoint.get(), effect);
            } catch (StaleCheckpointException e) {
                LOG.warn("the state is computed anew from the first transaction: {}", e.getMessage());
            }
        }
        Checkpoint.delete(folder);
        NodeTape nodes = new NodeTape(Storage.open(folder.resolve("state.nodes")), 0);
        return opened(folder, Resume.fromGenesis(), nodes, new Replayed(initial, 0, effect));
    }

    private static Books resume(Path folder, Checkpoint checkpoint, Effect effect) throws IOException {
        NodeTape nodes = new NodeTape(Storage.open(folder.resolve("state.nodes")), checkpoint.nodesLength());
        List<Trie> tries = new ArrayList<>();
        checkpoint.roots().forEach(place -> nodes.trie(place).ifPresent(tries::add));
        if (tries.size() != 4) {
            nodes.close();
            Checkpoint.delete(folder);
            throw new IOException(folder.resolve("checkpoint") + " is of another version; start the node again");
        }
        State state = new State(tries.get(0), tries.get(1), tries.get(2), tries.get(3));
        return opened(folder, checkpoint.resume(), nodes, new Replayed(state, checkpoint.lastTime(), effect));
    }

    private static Books opened(Path folder, Resume resume, NodeTape nodes, Replayed replayed) throws IOException {
        try {
            LedgerStore store = LedgerStore.open(folder, resume, replayed::apply);
            return new Books(folder, store, nodes, resume.logLength(), replayed);
        } catch (IOException | RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private static final class Replayed {
        private final Effect effect;
        private State state;
        private long lastTime;

        Replayed(State initial, long lastTime, Effect effect) {
            this.state = initial;
            this.lastTime = lastTime;
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
        if (store.log().length() - checkpointAt > CHECKPOINT_AFTER_BYTES) {
            checkpoint();
        }
    }

    /** Puts the state on disk. When that fails, the next start takes longer, and that is all. */
    private void checkpoint() {
        if (checkpointFailed) {
            return;
        }
        checkpointAt = store.log().length();
        try {
            Committed now = committed;
            State stored = nodes.stored(now.state());
            nodes.force();
            Resume resume = store.forceDerived();
            List<String> roots = new ArrayList<>();
            for (Trie trie : List.of(stored.pool(), stored.domain(), stored.config(), stored.history())) {
                roots.add(NodeTape.place(trie));
            }
            new Checkpoint(resume, now.lastTime(), nodes.length(), roots).write(folder);
            // What is on disk need not be in memory: nodes are read again as they are asked for.
            committed = new Committed(stored, now.poolSize(), now.domainSize(), now.configSize(), now.lastTime());
        } catch (IOException e) {
            // Of the nodes that were to be written, nobody knows which are; this run writes no more of them.
            checkpointFailed = true;
            LOG.warn("the state could not be put on disk; the next start computes it from the log", e);
        }
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
        if (store.log().length() > checkpointAt && !store.log().failed()) {
            checkpoint();
        }
        nodes.close();
        store.close();
    }
}
