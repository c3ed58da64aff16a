package city.elicence.node.kind;

import city.elicence.credentials.json.Json;
import city.elicence.node.request.AuthRules;
import city.elicence.node.request.Constraint;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.Map;
import java.util.Optional;

/** The transaction types that this node writes. */
public final class WriteKinds {
    private static final Map<String, WriteKind> KINDS = Map.ofEntries(
            Map.entry(TxnType.NODE, new NodeWrite()),
            Map.entry(TxnType.NYM, new NymWrite()),
            Map.entry(TxnType.ATTRIB, new AttribWrite()),
            Map.entry(TxnType.SCHEMA, new SchemaWrite()),
            Map.entry(TxnType.CLAIM_DEF, new ClaimDefWrite()),
            Map.entry(TxnType.REVOC_REG_DEF, new RevocationRegistryWrite()),
            Map.entry(TxnType.REVOC_REG_ENTRY, new RevocationEntryWrite()),
            Map.entry(TxnType.TAA, new AgreementWrite()),
            Map.entry(TxnType.TAA_DISABLE, new AgreementDisableWrite()),
            Map.entry(TxnType.AML, new MechanismsWrite()),
            Map.entry(TxnType.AUTH_RULE, new AuthRuleWrite()));

    private WriteKinds() {}

    public static Optional<WriteKind> of(String type) {
        return Optional.ofNullable(KINDS.get(type));
    }

    public static boolean knows(String type) {
        return KINDS.containsKey(type);
    }

    /** The state before the first transaction: Indy's default rules, and nothing else. */
    public static State initialState() {
        State state = State.empty();
        for (Map.Entry<String, Constraint> rule : AuthRules.all().entrySet()) {
            String constraint = Json.writeSorted(rule.getValue().json());
            state = state.with(LedgerId.CONFIG, StateKeys.authRule(rule.getKey()), constraint, 0);
        }
        return state;
    }

    /** What a transaction of the log does to the state. */
    public static State applied(Txn txn, State state) {
        return of(txn.type())
                .orElseThrow(() -> new IllegalStateException("the log holds a transaction of type " + txn.type()
                        + ", which this version of the node does not know; start it with the version that wrote it"))
                .apply(txn, state);
    }
}
