package city.elicence.node.write;

import city.elicence.node.ledger.Txn;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.State;
import java.util.Map;
import java.util.Optional;

/** The transaction types that this node writes. */
public final class WriteKinds {
    private static final Map<String, WriteKind> KINDS = Map.of(
            TxnType.NODE, new NodeWrite(),
            TxnType.NYM, new NymWrite(),
            TxnType.ATTRIB, new AttribWrite(),
            TxnType.SCHEMA, new SchemaWrite());

    private WriteKinds() {}

    static Optional<WriteKind> of(String type) {
        return Optional.ofNullable(KINDS.get(type));
    }

    public static boolean knows(String type) {
        return KINDS.containsKey(type);
    }

    /** What a transaction of the log does to the state. */
    public static State applied(Txn txn, State state) {
        return of(txn.type())
                .orElseThrow(() -> new IllegalStateException("the log holds a transaction of type " + txn.type()
                        + ", which this version of the node does not know; start it with the version that wrote it"))
                .apply(txn, state);
    }
}
