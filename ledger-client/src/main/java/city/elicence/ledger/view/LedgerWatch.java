package city.elicence.ledger.view;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.TransactionTree;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A walk that does not end: goes through what is new since it looked last, transaction by transaction, and checks that all of it
 * is of one tree. For one who keeps count of everything; who only wants to know whom to trust uses a {@link TrustFollower}.
 */
public final class LedgerWatch {
    /** A node of a pool may lag; what is short at so many looks on end is short. */
    static final int LAGS_AT_MOST_LOOKS = 15;

    /** So many of the latest trees are kept, to know a shorter ledger by its root. */
    private static final int KNOWN = 1_000;

    private final LedgerReader ledger;
    private final FactReader reader;
    private volatile Facts facts = Facts.none();
    private TransactionTree tree = TransactionTree.empty();
    private final TreeMap<Long, TransactionTree> known = new TreeMap<>();
    private int lagged;

    /** Has seen nothing yet. */
    public LedgerWatch(LedgerReader ledger) {
        this.ledger = ledger;
        this.reader = new FactReader(ledger, Clock.systemUTC());
    }

    /** What was told so far. */
    public LedgerView view() {
        return facts;
    }

    /** Number of transactions gone through. */
    public long size() {
        return tree.size();
    }

    /** Root over them, as computed here. */
    public String root() {
        return tree.root();
    }

    /**
     * Goes through what is new.
     *
     * @return how the ledger contradicts what it showed before: by another root of as many transactions, or by remaining shorter; empty
     *     when it does not. After a contradiction nothing more is read.
     */
    public Optional<String> forward(LedgerWalk.Visitor visitor) throws LedgerException {
        long size = ledger.size();
        if (size <= tree.size()) {
            return notNew(size);
        }
        while (tree.size() < size) {
            long seqNo = tree.size() + 1;
            Optional<LedgerTransaction> next = ledger.transaction(seqNo);
            if (next.isEmpty()) {
                return lags(seqNo - 1, size);
            }
            if (next.get().seqNo() != seqNo || !TransactionTree.isIncluded(next.get())) {
                return Optional.of("transaction " + seqNo + " is not in the tree that it is said to be in");
            }
            LedgerTransaction transaction = next.get();
            TransactionTree longer = tree.with(transaction);
            if (transaction.ledgerSize() == longer.size()
                    && !transaction.rootHash().equals(longer.root())) {
                return Optional.of("the first " + seqNo + " transactions have another root than the ledger says");
            }
            Optional<Fact> fact = reader.read(transaction, facts);
            facts = facts.with(fact.stream().toList(), seqNo, Instant.EPOCH);
            tree = longer;
            known.put(longer.size(), longer);
            if (known.size() > KNOWN) {
                known.pollFirstEntry();
            }
            lagged = 0;
            visitor.visit(transaction, fact);
        }
        return Optional.empty();
    }

    /** Nothing is new; then the last transaction must still be the one that was seen. */
    private Optional<String> notNew(long size) throws LedgerException {
        Optional<LedgerTransaction> last = size == 0 ? Optional.empty() : ledger.transaction(size);
        if (last.isPresent()) {
            TransactionTree then = known.get(last.get().ledgerSize());
            if (then != null && !last.get().rootHash().equals(then.root())) {
                return Optional.of(
                        "the ledger of " + then.size() + " transactions has another past than it had before");
            }
        }
        if (size < tree.size() || (size > 0 && last.isEmpty())) {
            return lags(last.isEmpty() ? size - 1 : size, tree.size());
        }
        lagged = 0;
        return Optional.empty();
    }

    /** By itself no contradiction: one node of a pool may answer for what it has not yet. */
    private Optional<String> lags(long shown, long had) {
        lagged++;
        return lagged > LAGS_AT_MOST_LOOKS
                ? Optional.of("the ledger shows " + shown + " transactions and had " + had)
                : Optional.empty();
    }
}
