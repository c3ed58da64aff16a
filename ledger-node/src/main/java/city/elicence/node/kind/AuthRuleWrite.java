package city.elicence.node.kind;

import city.elicence.credentials.json.Json;
import city.elicence.node.request.AuthAction;
import city.elicence.node.request.AuthRules;
import city.elicence.node.request.Authorization;
import city.elicence.node.request.ConstraintReader;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.Map;

/** AUTH_RULE: another constraint for an action that has one. */
final class AuthRuleWrite implements WriteKind {
    @Override
    public LedgerId ledger() {
        return LedgerId.CONFIG;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        String action = AuthRules.actionId(request.operation());
        if (AuthRules.action(action).isEmpty()) {
            throw Refusal.invalid(
                    "Unknown authorization rule: key '" + action + "' is not found in authorization map.");
        }
        ConstraintReader.read(request.requiredObject("constraint"));
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        new Authorization(request, state).require(AuthAction.edit(TxnType.AUTH_RULE, true));
    }

    @Override
    public String txnId(Txn txn) {
        return "1:" + AuthRules.actionId(txn.data());
    }

    @Override
    public State apply(Txn txn, State state) {
        byte[] key = StateKeys.authRule(AuthRules.actionId(txn.data()));
        String constraint = Json.writeSorted(txn.data().getOrDefault("constraint", Map.of()));
        return state.with(LedgerId.CONFIG, key, constraint, txn.seqNo());
    }
}
