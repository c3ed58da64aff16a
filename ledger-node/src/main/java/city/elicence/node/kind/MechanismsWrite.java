package city.elicence.node.kind;

import city.elicence.node.request.AuthAction;
import city.elicence.node.request.Authorization;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;

/** TXN_AUTHR_AGRMT_AML: the ways in which an agreement may be accepted, by a version that is never used again. */
final class MechanismsWrite implements WriteKind {
    @Override
    public LedgerId ledger() {
        return LedgerId.CONFIG;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        request.requiredText("version");
        if (request.requiredObject("aml").isEmpty()) {
            throw Refusal.invalid("TXN_AUTHOR_AGREEMENT_AML request must contain at least one acceptance mechanism");
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        new Authorization(request, state).require(AuthAction.add(TxnType.AML, true));
        byte[] key = StateKeys.mechanismsOfVersion(request.requiredText("version"));
        if (state.get(LedgerId.CONFIG, key).isPresent()) {
            throw Refusal.rejected("Version of TAA AML must be unique and it cannot be modified");
        }
    }

    @Override
    public String txnId(Txn txn) {
        return "3:v:" + txn.data().get("version");
    }

    @Override
    public State apply(Txn txn, State state) {
        byte[] key = StateKeys.mechanismsOfVersion(String.valueOf(txn.data().get("version")));
        return state.with(LedgerId.CONFIG, key, txn.data(), txn.seqNo(), txn.time())
                .with(LedgerId.CONFIG, StateKeys.latestMechanisms(), txn.data(), txn.seqNo(), txn.time());
    }
}
