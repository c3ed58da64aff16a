package city.elicence.node.read;

import city.elicence.credentials.json.Fields;
import city.elicence.node.books.Committed;
import city.elicence.node.request.AuthAction;
import city.elicence.node.request.AuthRules;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GET_AUTH_RULE: the rule for one action with its proof, or all of them. */
final class RuleReads {
    private final Proofs proofs;

    RuleReads(Proofs proofs) {
        this.proofs = proofs;
    }

    Map<String, Object> rules(Request request, Committed world) throws Refusal, IOException {
        if (request.operation().size() > 1) {
            String id = AuthRules.actionId(request.operation());
            AuthAction action = AuthRules.action(id)
                    .orElseThrow(() -> Refusal.invalid("Unknown authorization rule: key '" + id + "' is not found"));
            return proofs.result(
                    world, LedgerId.CONFIG, StateKeys.authRule(id), List.of(rule(action, world.state())), null, null);
        }
        List<Object> rules = new ArrayList<>();
        for (String id : AuthRules.all().keySet()) {
            rules.add(rule(AuthRules.action(id).orElseThrow(), world.state()));
        }
        return Proofs.plain(rules, null, null);
    }

    private static Map<String, Object> rule(AuthAction action, State state) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put(
                "constraint",
                state.object(LedgerId.CONFIG, StateKeys.authRule(action.id()))
                        .map(Fields::map)
                        .orElse(Map.of()));
        rule.put("auth_type", action.type());
        rule.put("auth_action", action.prefix());
        rule.put("field", action.field());
        rule.put("new_value", action.newValue());
        if (AuthAction.EDIT.equals(action.prefix())) {
            rule.put("old_value", action.oldValue());
        }
        return rule;
    }
}
