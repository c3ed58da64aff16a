package city.elicence.node.write;

import city.elicence.node.request.Refusal;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;

/** What became of a write. */
public sealed interface Outcome {
    /** It is on disk: now, or since an earlier time when the same request came. */
    record Written(LedgerId ledger, Txn txn) implements Outcome {}

    /** It is not on the ledger. */
    record Refused(Refusal refusal) implements Outcome {}

    /** The disk failed in a way that leaves it open. The client is told nothing, because nothing true can be said. */
    record Unknown() implements Outcome {}
}
