package city.elicence.node.kind;

import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.State;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.LinkedHashMap;
import java.util.Map;

/** One type of transaction: its form, who may write it when, and what it does to the state. */
public interface WriteKind {
    LedgerId ledger();

    /** Refuses a request that could be right at no time. */
    void checkForm(Request request) throws Refusal;

    /** Refuses a request that the ledger, as it is, does not allow. */
    void check(Request request, State state) throws Refusal;

    /** The transaction's data: what the operation says, without its type. */
    default Map<String, Object> data(Request request) {
        Map<String, Object> data = new LinkedHashMap<>(request.operation());
        data.remove("type");
        return data;
    }

    /** The key that the transaction sets, as Indy names it in {@code txnId}. */
    String txnId(Txn txn);

    /** Must not fail: it runs again, with what is on disk, at each start. */
    State apply(Txn txn, State state);
}
