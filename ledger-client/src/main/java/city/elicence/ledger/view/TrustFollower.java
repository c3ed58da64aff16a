package city.elicence.ledger.view;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.TransactionTree;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ledger transaction by transaction, believes of it what was written by whom it must be, and always has a view,
 * however old. It builds the ledger's tree as it goes: a ledger that shows another past than before, or other transactions than
 * its root stands for, is no longer followed. It does not own the ledger that it reads from.
 */
public final class TrustFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrustFollower.class);

    /** Transactions asked for at the same time when there is much to catch up. */
    private static final int BATCH = 64;

    /** How old a view may be and still say what a party may do now. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final LedgerReader ledger;
    private final FollowerSettings settings;
    private final Clock clock;
    private final FactReader reader;
    private final Journal journal;
    private final List<Consumer<LedgerView>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock following = new ReentrantLock();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread poller;
    private volatile Facts facts;
    private TransactionTree tree;
    private long sizeSeen;
    private volatile @Nullable String contradiction;
    private boolean reachable = true;

    private TrustFollower(LedgerReader ledger, FollowerSettings settings, Clock clock) throws IOException {
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.reader = new FactReader(ledger, clock);
        this.journal = new Journal(settings.journal());
        Journal.State known = journal.read();
        this.facts = known.facts();
        this.tree = known.tree();
        this.poller = Thread.ofVirtual().name("ledger-follower").unstarted(this::poll);
    }

    /** Starts from what is in the journal, and follows from there until closed. Returns at once, also when nobody answers. */
    public static TrustFollower start(LedgerReader ledger, FollowerSettings settings, Clock clock) throws IOException {
        TrustFollower follower = new TrustFollower(ledger, settings, clock);
        follower.poller.start();
        return follower;
    }

    /** What is known now. */
    public LedgerView view() {
        return facts;
    }

    /**
     * What is said of a party now; where it is two things, both must allow what the party does. It is what the view has, or, where the
     * view is older than half a minute, what the ledger answers to a question of its own. A ledger that contradicted itself may answer
     * with what it said long ago, so then it is both. When the ledger does not answer it is the view. May wait for the ledger.
     */
    public List<Accreditation> saidOf(Did party) {
        Optional<Accreditation> known = facts.accreditation(party);
        boolean contradicted = contradiction != null;
        if (!contradicted && !facts.asOf().isBefore(clock.instant().minus(FRESH))) {
            return known.stream().toList();
        }
        try {
            Optional<Accreditation> answer = ledger.accreditation(party);
            return Stream.of(answer, contradicted || answer.isEmpty() ? known : Optional.<Accreditation>empty())
                    .flatMap(Optional::stream)
                    .toList();
        } catch (LedgerException silent) {
            LOG.debug("the ledger does not say what {} may do: {}", party, silent.getMessage());
            return known.stream().toList();
        }
    }

    /** Calls {@code listener} after each change, on the follower's own thread: it must be quick. */
    public void onChange(Consumer<LedgerView> listener) {
        listeners.add(listener);
    }

    /** How the ledger contradicted itself, if it did. Nothing that it says since is believed. */
    public Optional<String> contradiction() {
        return Optional.ofNullable(contradiction);
    }

    /**
     * Looks at once instead of at the next poll: afterwards the view knows all that was written before the call, unless the
     * ledger does not answer.
     */
    public LedgerView catchUp() {
        following.lock();
        try {
            while (stop.getCount() > 0 && contradiction == null && step()) {
                LOG.debug("followed to transaction {}", facts.seqNo());
            }
            reachable = true;
        } catch (LedgerException e) {
            if (reachable && stop.getCount() > 0) {
                LOG.warn("the ledger can not be followed, the view is of {}: {}", facts.asOf(), e.getMessage());
            }
            reachable = false;
        } catch (IOException e) {
            LOG.error("the journal can not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            following.unlock();
        }
        return facts;
    }

    private void poll() {
        try {
            do {
                catchUp();
            } while (!stop.await(settings.pollEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("no longer following: interrupted");
        }
    }

    /** Takes the next transactions; false when there were none. */
    private boolean step() throws LedgerException, IOException, InterruptedException {
        Instant asked = clock.instant();
        Optional<LedgerTransaction> first = ledger.transaction(tree.size() + 1);
        if (first.isEmpty()) {
            if (tree.size() < sizeSeen) {
                // A node that lags behind: what it does not have is no news.
                throw new LedgerException(Reason.UNREACHABLE, "a node has less than the ledger had before");
            }
            facts = facts.at(asked);
            return false;
        }
        List<Fact> learnt = new ArrayList<>();
        Facts next = facts;
        TransactionTree nextTree = tree;
        for (LedgerTransaction transaction : batch(first.get())) {
            nextTree = nextTree.size() + 1 == transaction.seqNo() ? nextTree.with(transaction) : nextTree;
            if (!isConsistent(transaction, nextTree)) {
                return false;
            }
            sizeSeen = Math.max(sizeSeen, transaction.ledgerSize());
            Optional<Fact> fact = reader.read(transaction, next);
            fact.ifPresent(learnt::add);
            next = next.with(fact.stream().toList(), transaction.seqNo(), facts.asOf());
        }
        journal.append(learnt, next, nextTree);
        facts = next;
        tree = nextTree;
        if (!learnt.isEmpty()) {
            listeners.forEach(listener -> listener.accept(facts));
        }
        return true;
    }

    /** The transactions after {@code first}, as many as there are and as fit in a batch, and it. */
    private List<LedgerTransaction> batch(LedgerTransaction first) throws LedgerException, InterruptedException {
        List<Future<Optional<LedgerTransaction>>> asked = new ArrayList<>();
        long last = Math.min(first.ledgerSize(), first.seqNo() + BATCH - 1);
        for (long seqNo = first.seqNo() + 1; seqNo <= last; seqNo++) {
            long wanted = seqNo;
            asked.add(asking.submit(() -> ledger.transaction(wanted)));
        }
        List<LedgerTransaction> batch = new ArrayList<>(List.of(first));
        for (Future<Optional<LedgerTransaction>> answer : asked) {
            try {
                Optional<LedgerTransaction> transaction = answer.get();
                if (transaction.isEmpty()) {
                    break;
                }
                batch.add(transaction.get());
            } catch (ExecutionException e) {
                throw new LedgerException(Reason.UNREACHABLE, String.valueOf(e.getCause()), e);
            }
        }
        return batch;
    }

    /** Whether a transaction is where it is said to be, and {@code after}, the tree with it, the one of which the ledger speaks. */
    private boolean isConsistent(LedgerTransaction transaction, TransactionTree after) {
        if (transaction.seqNo() != after.size()) {
            return contradicted("a transaction was asked for and another, " + transaction.seqNo() + ", given");
        }
        if (!TransactionTree.isIncluded(transaction)) {
            return contradicted("transaction " + transaction.seqNo() + " is not in the tree that it is said to be in");
        }
        if (transaction.ledgerSize() == after.size() && !transaction.rootHash().equals(after.root())) {
            return contradicted("the ledger of " + after.size() + " transactions has another past than it had before");
        }
        return true;
    }

    private boolean contradicted(String how) {
        LOG.error("the ledger contradicts itself and is not followed any further: {}", how);
        contradiction = how;
        return false;
    }

    @Override
    public void close() {
        // Not interrupted: that would break the connection of whoever is asking.
        stop.countDown();
        following.lock();
        try {
            asking.shutdown();
            journal.touch(facts, tree);
        } catch (IOException e) {
            LOG.warn("the journal could not be closed", e);
        } finally {
            following.unlock();
        }
    }
}
