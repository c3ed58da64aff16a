package city.elicence.node.request;

import static city.elicence.node.request.Constraint.anyOf;
import static city.elicence.node.request.Constraint.one;
import static city.elicence.node.request.Constraint.owner;
import static city.elicence.node.request.Constraint.owning;

import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Indy's default rules: which signatures each action needs. An action that no rule names is not allowed. */
public final class AuthRules {
    private static final Constraint TRUSTEE = one(Role.TRUSTEE);
    private static final Constraint STEWARD_OR_TRUSTEE = anyOf(one(Role.STEWARD), one(Role.TRUSTEE));
    private static final Constraint ENDORSER_OR_ABOVE = anyOf(one(Role.TRUSTEE), one(Role.STEWARD), one(Role.ENDORSER));
    private static final Map<String, Constraint> DEFAULTS = Collections.unmodifiableMap(defaults());
    private static final Map<String, AuthAction> ACTIONS = Collections.unmodifiableMap(actions());

    private AuthRules() {}

    public static Map<String, Constraint> all() {
        return DEFAULTS;
    }

    /** The action that an id names, as it is among the rules. */
    public static Optional<AuthAction> action(String id) {
        return Optional.ofNullable(ACTIONS.get(id));
    }

    /** The id of the action that an AUTH_RULE or GET_AUTH_RULE operation names. */
    public static String actionId(Map<String, Object> operation) {
        String prefix = text(operation, "auth_action", "");
        return new AuthAction(
                        text(operation, "auth_type", ""),
                        prefix,
                        text(operation, "field", ""),
                        text(operation, "old_value", AuthAction.ADD.equals(prefix) ? "*" : ""),
                        text(operation, "new_value", ""),
                        true)
                .id();
    }

    private static String text(Map<String, Object> operation, String name, String otherwise) {
        return operation.get(name) instanceof String text ? text : otherwise;
    }

    /**
     * The rule for an action, as the state has it. A change of a key goes by one rule whatever the keys are, so the values of an edit
     * may be "*" in the rule.
     */
    static Optional<Constraint> rule(AuthAction action, State state) {
        String anyValue = AuthAction.EDIT.equals(action.prefix())
                ? AuthAction.edit(action.type(), action.field(), "*", "*", true).id()
                : AuthAction.add(action.type(), action.field(), "*").id();
        return constraint(action.id(), state).or(() -> constraint(anyValue, state));
    }

    private static Optional<Constraint> constraint(String actionId, State state) {
        return state.object(LedgerId.CONFIG, StateKeys.authRule(actionId)).map(fields -> {
            try {
                return ConstraintReader.read(fields.map());
            } catch (Refusal e) {
                throw new IllegalStateException("the state holds rules that were checked before", e);
            }
        });
    }

    private static Map<String, Constraint> defaults() {
        Map<String, Constraint> rules = new LinkedHashMap<>();
        addRole(rules, Role.TRUSTEE.number(), TRUSTEE);
        addRole(rules, Role.STEWARD.number(), TRUSTEE);
        addRole(rules, Role.ENDORSER.number(), STEWARD_OR_TRUSTEE);
        addRole(rules, Role.NETWORK_MONITOR.number(), STEWARD_OR_TRUSTEE);
        addRole(rules, "", ENDORSER_OR_ABOVE);
        put(rules, AuthAction.edit(TxnType.NYM, "verkey", "*", "*", true), owner());
        put(rules, AuthAction.add(TxnType.TAA, true), TRUSTEE);
        put(rules, AuthAction.edit(TxnType.TAA, true), TRUSTEE);
        put(rules, AuthAction.add(TxnType.TAA_DISABLE, true), TRUSTEE);
        put(rules, AuthAction.add(TxnType.AML, true), TRUSTEE);
        put(rules, AuthAction.add(TxnType.ATTRIB, true), owner());
        put(rules, AuthAction.edit(TxnType.ATTRIB, true), owner());
        put(rules, AuthAction.add(TxnType.SCHEMA, true), ENDORSER_OR_ABOVE);
        put(rules, AuthAction.edit(TxnType.SCHEMA, true), new Constraint.Forbidden());
        put(rules, AuthAction.add(TxnType.CLAIM_DEF, true), ENDORSER_OR_ABOVE);
        put(rules, AuthAction.edit(TxnType.CLAIM_DEF, true), owner());
        put(rules, AuthAction.edit(TxnType.AUTH_RULE, true), TRUSTEE);
        put(
                rules,
                AuthAction.add(TxnType.VALIDATOR_INFO, true),
                anyOf(one(Role.TRUSTEE), one(Role.STEWARD), one(Role.NETWORK_MONITOR)));
        put(rules, AuthAction.add(TxnType.REVOC_REG_DEF, true), ENDORSER_OR_ABOVE);
        put(
                rules,
                AuthAction.add(TxnType.REVOC_REG_ENTRY, true),
                anyOf(owning(Role.TRUSTEE), owning(Role.STEWARD), owning(Role.ENDORSER)));
        put(rules, AuthAction.edit(TxnType.REVOC_REG_DEF, true), owner());
        put(rules, AuthAction.edit(TxnType.REVOC_REG_ENTRY, true), owner());
        put(rules, AuthAction.edit(TxnType.NODE, "client_ip", "*", "*", true), owning(Role.STEWARD));
        put(rules, AuthAction.edit(TxnType.NODE, "client_port", "*", "*", true), owning(Role.STEWARD));
        editRoles(rules);
        return rules;
    }

    private static void editRoles(Map<String, Constraint> rules) {
        String[] roles = {
            Role.TRUSTEE.number(), Role.STEWARD.number(), Role.ENDORSER.number(), Role.NETWORK_MONITOR.number(), ""
        };
        for (String from : roles) {
            for (String to : roles) {
                Constraint rule =
                        from.equals(to) ? owner() : mayBeDoneByStewards(from, to) ? STEWARD_OR_TRUSTEE : TRUSTEE;
                put(rules, AuthAction.edit(TxnType.NYM, "role", from, to, true), rule);
            }
        }
    }

    private static boolean mayBeDoneByStewards(String from, String to) {
        String monitor = Role.NETWORK_MONITOR.number();
        String endorser = Role.ENDORSER.number();
        return (from.equals(monitor) && (to.equals(endorser) || to.isEmpty()))
                || (from.isEmpty() && (to.equals(endorser) || to.equals(monitor)));
    }

    private static void addRole(Map<String, Constraint> rules, String role, Constraint rule) {
        put(rules, AuthAction.add(TxnType.NYM, "role", role), rule);
    }

    private static void put(Map<String, Constraint> rules, AuthAction action, Constraint rule) {
        rules.put(action.id(), rule);
    }

    private static Map<String, AuthAction> actions() {
        Map<String, AuthAction> actions = new LinkedHashMap<>();
        for (String id : DEFAULTS.keySet()) {
            String[] parts = id.split("--", -1);
            actions.put(id, new AuthAction(parts[0], parts[1], parts[2], parts[3], parts[4], true));
        }
        return actions;
    }
}
