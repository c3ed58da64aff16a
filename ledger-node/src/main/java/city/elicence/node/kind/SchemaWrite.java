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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SCHEMA: the names of a credential's attributes, under a name and version that are never used again. */
final class SchemaWrite implements WriteKind {
    private static final int MAX_ATTRIBUTES = 125;
    private static final int MAX_NAME = 256;

    @Override
    public LedgerId ledger() {
        return LedgerId.DOMAIN;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        Map<String, Object> data = request.requiredObject("data");
        if (!isName(data.get("name")) || !isName(data.get("version"))) {
            throw Refusal.invalid("data: expected a name and a version");
        }
        if (!(data.get("attr_names") instanceof List<?> names) || names.isEmpty() || names.size() > MAX_ATTRIBUTES) {
            throw Refusal.invalid("data: expected 1 to " + MAX_ATTRIBUTES + " attr_names");
        }
        Set<Object> distinct = new HashSet<>(names);
        if (distinct.size() != names.size() || !names.stream().allMatch(SchemaWrite::isName)) {
            throw Refusal.invalid("data: expected attr_names that are texts, each there once");
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        byte[] key = key(request.identifier(), request.requiredObject("data"));
        boolean exists = state.get(LedgerId.DOMAIN, key).isPresent();
        new Authorization(request, state)
                .require(exists ? AuthAction.edit(TxnType.SCHEMA, true) : AuthAction.add(TxnType.SCHEMA, true));
    }

    @Override
    public String txnId(Txn txn) {
        return StateKeys.text(key(txn.from().orElse(""), schema(txn)));
    }

    @Override
    public State apply(Txn txn, State state) {
        Map<String, Object> schema = schema(txn);
        Object names = schema.getOrDefault("attr_names", List.of());
        return state.with(
                        LedgerId.DOMAIN,
                        key(txn.from().orElse(""), schema),
                        Map.of("attr_names", names),
                        txn.seqNo(),
                        txn.time())
                .withNote(note(txn.seqNo()));
    }

    /** By which a claim definition finds that the number it refers to is that of a schema. */
    static String note(long seqNo) {
        return "schema:" + seqNo;
    }

    private static byte[] key(String author, Map<String, Object> schema) {
        return StateKeys.schema(author, String.valueOf(schema.get("name")), String.valueOf(schema.get("version")));
    }

    @SuppressWarnings("unchecked") // a JSON tree holds only maps with text for names
    private static Map<String, Object> schema(Txn txn) {
        return txn.data().get("data") instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static boolean isName(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.length() <= MAX_NAME;
    }
}
