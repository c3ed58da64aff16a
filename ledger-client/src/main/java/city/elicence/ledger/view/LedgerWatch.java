package city.elicence.ledger.view;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.TransactionTree;
import java.time.Instant;
import java.util.Optional;

/**
 * A walk that does not end: goes through what is new since it looked last, transaction by transaction, and checks that all of it
 * is of one tree. For one who keeps count of everything; who only wants to know whom to trust uses a {@link TrustFollower}.
 */
public final class LedgerWatch {
    private final LedgerReader ledger;
    private final FactReader reader;
    private volatile Facts facts = Facts.none();
    private TransactionTree tree = TransactionTree.empty();

    /** Has seen nothing yet. */
    public LedgerWatch(LedgerReader ledger) {
        this.ledger = ledger;
        this.reader = new FactReader(ledger);
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
     * @return how the ledger contradicts what it showed before; empty when it does not. After a contradiction nothing more is read.
     */
    public Optional<String> forward(LedgerWalk.Visitor visitor) throws LedgerException {
        long size = ledger.size();
        if (size < tree.size()) {
            return Optional.of("the ledger shows " + size + " transactions and had " + tree.size());
        }
        if (size == tree.size() && size > 0) {
            return sameAsBefore(size);
        }
        while (tree.size() < size) {
            long seqNo = tree.size() + 1;
            Optional<LedgerTransaction> next = ledger.transaction(seqNo);
            if (next.isEmpty() || next.get().seqNo() != seqNo || !TransactionTree.isIncluded(next.get())) {
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
            visitor.visit(transaction, fact);
        }
        return Optional.empty();
    }

    /** Nothing is new; then the last transaction must still be the one that was seen. */
    private Optional<String> sameAsBefore(long size) throws LedgerException {
        Optional<LedgerTransaction> last = ledger.transaction(size);
        return last.isEmpty()
                        || (last.get().ledgerSize() == size
                                && !last.get().rootHash().equals(tree.root()))
                ? Optional.of("the ledger of " + size + " transactions has another past than it had before")
                : Optional.empty();
    }
}
