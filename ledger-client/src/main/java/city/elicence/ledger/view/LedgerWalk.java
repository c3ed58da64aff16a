package city.elicence.ledger.view;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.TransactionTree;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Goes through a ledger once, from its first transaction to its last, and checks on the way that all are of one tree. */
public final class LedgerWalk {

    /** Hears of each transaction and of what it told, if anything of ours. */
    public interface Visitor {
        /** Called in the order of the ledger. */
        void visit(LedgerTransaction transaction, Optional<Fact> fact);
    }

    /**
     * How a walk ended.
     *
     * @param transactions how many were gone through
     * @param root root over them, as computed here
     * @param view what they told together
     * @param contradiction where the ledger does not fit its own root; empty when it does everywhere
     */
    public record Result(long transactions, String root, LedgerView view, String contradiction) {}

    private LedgerWalk() {}

    /** Walks to the end that the ledger has now. */
    public static Result walk(LedgerReader ledger, Visitor visitor) throws LedgerException {
        FactReader reader = new FactReader(ledger, Clock.systemUTC());
        TransactionTree tree = TransactionTree.empty();
        Facts facts = Facts.none();
        long size = ledger.size();
        String contradiction = "";
        for (long seqNo = 1; seqNo <= size; seqNo++) {
            Optional<LedgerTransaction> next = ledger.transaction(seqNo);
            if (next.isEmpty() || next.get().seqNo() != seqNo || !TransactionTree.isIncluded(next.get())) {
                contradiction = "transaction " + seqNo + " is not in the tree that it is said to be in";
                break;
            }
            LedgerTransaction transaction = next.get();
            tree = tree.with(transaction);
            if (transaction.ledgerSize() == tree.size()
                    && !transaction.rootHash().equals(tree.root())) {
                contradiction = "the first " + seqNo + " transactions have another root than the ledger says";
                break;
            }
            Optional<Fact> fact = reader.read(transaction, facts);
            facts = facts.with(fact.stream().toList(), seqNo, Instant.EPOCH);
            visitor.visit(transaction, fact);
        }
        return new Result(tree.size(), tree.root(), facts, contradiction);
    }
}
