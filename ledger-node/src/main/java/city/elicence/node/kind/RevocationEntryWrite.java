package city.elicence.node.kind;

import city.elicence.credentials.json.Fields;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * REVOC_REG_ENTRY: a new accumulator with the indices that changed. The state keeps the whole list, of revoked indices when all are
 * issued by default, of issued ones otherwise.
 */
final class RevocationEntryWrite implements WriteKind {
    private static final int MAX_INDICES = 20_000;

    @Override
    public LedgerId ledger() {
        return LedgerId.DOMAIN;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        request.requiredText("revocRegDefId");
        Map<String, Object> value = request.requiredObject("value");
        if (!(value.get("accum") instanceof String)) {
            throw Refusal.invalid("value: expected accum");
        }
        for (String name : new String[] {"issued", "revoked"}) {
            Object indices = value.getOrDefault(name, List.of());
            if (!(indices instanceof List<?> list)
                    || list.size() > MAX_INDICES
                    || !list.stream().allMatch(index -> index instanceof Long)) {
                throw Refusal.invalid("value: expected at most " + MAX_INDICES + " indices in " + name);
            }
        }
        Set<Long> both = indices(value, "issued");
        both.retainAll(indices(value, "revoked"));
        if (!both.isEmpty()) {
            throw Refusal.invalid("Can not have an index in both 'issued' and 'revoked' lists");
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        String id = request.requiredText("revocRegDefId");
        Map<String, Object> definition = val(state, StateKeys.byId(id))
                .orElseThrow(() -> Refusal.rejected("There is no any REVOC_REG_DEF by path: " + id));
        Optional<Map<String, Object>> current = val(state, StateKeys.revocationEntry(id));
        boolean owner = id.startsWith(request.identifier() + ":");
        new Authorization(request, state)
                .require(
                        current.isPresent()
                                ? AuthAction.edit(TxnType.REVOC_REG_ENTRY, owner)
                                : AuthAction.add(TxnType.REVOC_REG_ENTRY, owner));
        Map<String, Object> value = request.requiredObject("value");
        if (current.isEmpty()) {
            if (value.get("prevAccum") != null) {
                throw Refusal.rejected("Got 'prevAccum' but there is no previous REVOC_REG_ENTRY");
            }
            return;
        }
        checkStep(map(current.get(), "value"), value, byDefault(definition));
    }

    private static void checkStep(Map<String, Object> before, Map<String, Object> value, boolean byDefault)
            throws Refusal {
        if (!Objects.equals(before.get("accum"), value.get("prevAccum"))) {
            throw Refusal.rejected("the current accumulator value must be equal to prevAccum in the transaction");
        }
        Set<Long> adds = indices(value, byDefault ? "revoked" : "issued");
        Set<Long> removes = indices(value, byDefault ? "issued" : "revoked");
        if (adds.isEmpty() && removes.isEmpty()) {
            throw Refusal.rejected("Got 'prevAccum' and 'accum' but 'issued' and 'revoked' lists are empty");
        }
        if (Objects.equals(value.get("accum"), value.get("prevAccum"))) {
            throw Refusal.rejected("Got equal accum and prev_accum but issued and revoked indices are not empty");
        }
        Set<Long> held = indices(before, byDefault ? "revoked" : "issued");
        if (!held.containsAll(removes) || adds.stream().anyMatch(held::contains)) {
            throw Refusal.rejected("an index of the transaction is already as it asks for");
        }
    }

    @Override
    public String txnId(Txn txn) {
        return StateKeys.text(StateKeys.revocationEntry(id(txn)));
    }

    @Override
    public State apply(Txn txn, State state) {
        String id = id(txn);
        Map<String, Object> value = new LinkedHashMap<>(map(txn.data(), "value"));
        Object accumulator = value.getOrDefault("accum", "");
        Optional<Map<String, Object>> current = val(state, StateKeys.revocationEntry(id));
        if (current.isPresent()) {
            boolean byDefault = byDefault(val(state, StateKeys.byId(id)).orElse(Map.of()));
            String kept = byDefault ? "revoked" : "issued";
            Set<Long> indices = indices(map(current.get(), "value"), kept);
            indices.removeAll(indices(value, byDefault ? "issued" : "revoked"));
            indices.addAll(indices(value, kept));
            value.put(byDefault ? "issued" : "revoked", List.of());
            value.put(kept, List.copyOf(indices));
        }
        return state.with(LedgerId.DOMAIN, StateKeys.revocationEntry(id), entry(txn, value), txn.seqNo(), txn.time())
                .with(
                        LedgerId.DOMAIN,
                        StateKeys.accumulator(id),
                        entry(txn, Map.of("accum", accumulator)),
                        txn.seqNo(),
                        txn.time());
    }

    private static Map<String, Object> entry(Txn txn, Map<String, Object> value) {
        Map<String, Object> entry = new LinkedHashMap<>(txn.data());
        entry.put("value", value);
        entry.put("seqNo", txn.seqNo());
        entry.put("txnTime", txn.time());
        return entry;
    }

    private static boolean byDefault(Map<String, Object> definition) {
        return "ISSUANCE_BY_DEFAULT".equals(map(definition, "value").get("issuanceType"));
    }

    private static String id(Txn txn) {
        return String.valueOf(txn.data().get("revocRegDefId"));
    }

    private static Optional<Map<String, Object>> val(State state, byte[] key) {
        return state.object(LedgerId.DOMAIN, key).map(Fields::map).map(value -> map(value, "val"));
    }

    @SuppressWarnings("unchecked") // a JSON tree holds only maps with text for names
    private static Map<String, Object> map(Map<String, Object> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Set<Long> indices(Map<String, Object> value, String name) {
        Set<Long> indices = new TreeSet<>();
        if (value.get(name) instanceof List<?> list) {
            list.forEach(index -> indices.add(((Number) index).longValue()));
        }
        return indices;
    }
}
