package city.elicence.node.kind;

import city.elicence.credentials.json.Json;
import city.elicence.node.request.AuthAction;
import city.elicence.node.request.Authorization;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * NODE: where the node can be reached. On this ledger of one operator a node can move to another address, and that is all: no second
 * node can be added, because there is no agreement between nodes.
 */
final class NodeWrite implements WriteKind {
    private static final Set<String> CHANGEABLE = Set.of("client_ip", "client_port");

    @Override
    public LedgerId ledger() {
        return LedgerId.POOL;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        request.requiredText("dest");
        Map<String, Object> data = request.requiredObject("data");
        for (String name : data.keySet()) {
            if (!CHANGEABLE.contains(name) && !"alias".equals(name)) {
                throw Refusal.invalid("data: of a node of this ledger only client_ip and client_port can be changed");
            }
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        String dest = request.requiredText("dest");
        String steward = state.object(LedgerId.POOL, StateKeys.node(dest))
                .map(fields -> String.valueOf(fields.map().get("identifier")))
                .orElseThrow(() -> Refusal.rejected("this ledger has one node, and it is not " + dest));
        for (String name : request.requiredObject("data").keySet()) {
            if (CHANGEABLE.contains(name)) {
                new Authorization(request, state)
                        .require(AuthAction.edit(
                                TxnType.NODE, name, "", "", request.identifier().equals(steward)));
            }
        }
    }

    @Override
    public String txnId(Txn txn) {
        return String.valueOf(txn.data().get("dest"));
    }

    @Override
    public State apply(Txn txn, State state) {
        byte[] key = StateKeys.node(txnId(txn));
        Map<String, Object> value = new LinkedHashMap<>();
        state.object(LedgerId.POOL, key).ifPresent(known -> value.putAll(known.map()));
        if (txn.data().get("data") instanceof Map<?, ?> changes) {
            changes.forEach((name, setting) -> value.put((String) name, setting));
        }
        txn.from().ifPresent(steward -> value.put("identifier", steward));
        return state.with(LedgerId.POOL, key, Json.writeSorted(value), txn.seqNo());
    }
}
