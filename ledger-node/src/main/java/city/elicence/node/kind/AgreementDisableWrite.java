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
import java.util.Optional;

/** TXN_AUTHR_AGRMT_DISABLE: from here on no agreement needs to be accepted. */
final class AgreementDisableWrite implements WriteKind {
    @Override
    public LedgerId ledger() {
        return LedgerId.CONFIG;
    }

    @Override
    public void checkForm(Request request) {}

    @Override
    public void check(Request request, State state) throws Refusal {
        new Authorization(request, state).require(AuthAction.add(TxnType.TAA_DISABLE, true));
        if (state.get(LedgerId.CONFIG, StateKeys.latestAgreement()).isEmpty()) {
            throw Refusal.rejected("Transaction author agreement is already disabled.");
        }
    }

    @Override
    public String txnId(Txn txn) {
        return "2:latest";
    }

    @Override
    public State apply(Txn txn, State state) {
        Optional<String> latest = state.get(LedgerId.CONFIG, StateKeys.latestAgreement());
        State retired = latest.isEmpty() ? state : AgreementWrite.changed(state, latest.get(), txn.time(), txn);
        return retired.without(LedgerId.CONFIG, StateKeys.latestAgreement());
    }
}
