package city.elicence.node.kind;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.keys.Hashes;
import city.elicence.node.request.AuthAction;
import city.elicence.node.request.Authorization;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.Nym;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.Map;
import java.util.stream.Stream;

/** ATTRIB: a named JSON value ("raw"), or something that only its owner can read ("enc") or has ("hash"), on a DID. */
final class AttribWrite implements WriteKind {
    /** Indy's JSON_FIELD_LIMIT: what goes here must go on a pool. */
    private static final int MAX_CONTENT = 5 * 1024;

    @Override
    public LedgerId ledger() {
        return LedgerId.DOMAIN;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        request.requiredText("dest");
        long kinds = Stream.of("raw", "enc", "hash")
                .filter(name -> request.field(name) != null)
                .count();
        String content = content(request.operation());
        if (kinds != 1 || content.isEmpty() || content.length() > MAX_CONTENT) {
            throw Refusal.invalid(
                    "ATTRIB should have one and only one of raw, enc, hash, of at most " + MAX_CONTENT + " characters");
        }
        if (request.field("raw") != null) {
            try {
                if (Fields.parse(content).map().isEmpty()) {
                    throw Refusal.invalid("\"raw\" attribute field must contain non-empty JSON object");
                }
            } catch (JsonException e) {
                throw Refusal.invalid("Attribute field must be valid JSON object when adding it as a raw field");
            }
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        String dest = request.requiredText("dest");
        Nym nym = Nym.find(state, dest)
                .orElseThrow(() -> Refusal.rejected("dest should be added before adding attribute for it"));
        boolean owner = request.identifier().equals(nym.owner());
        boolean exists =
                state.get(LedgerId.DOMAIN, key(dest, request.operation())).isPresent();
        new Authorization(request, state)
                .require(exists ? AuthAction.edit(TxnType.ATTRIB, owner) : AuthAction.add(TxnType.ATTRIB, owner));
    }

    @Override
    public String txnId(Txn txn) {
        return StateKeys.text(key(String.valueOf(txn.data().get("dest")), txn.data()));
    }

    @Override
    public State apply(Txn txn, State state) {
        byte[] key = key(String.valueOf(txn.data().get("dest")), txn.data());
        String content = content(txn.data());
        // The state has the content's hash; the content itself stays in the transaction.
        return state.with(LedgerId.DOMAIN, key, Hashes.sha256Hex(content), txn.seqNo(), txn.time());
    }

    private static byte[] key(String dest, Map<String, Object> data) {
        String content = content(data);
        if (data.get("hash") instanceof String hash) {
            return StateKeys.attribute(dest, hash);
        }
        return StateKeys.attribute(dest, Hashes.sha256Hex(data.containsKey("raw") ? name(content) : content));
    }

    /** A raw attribute's name is the first field of its JSON object. */
    private static String name(String raw) {
        try {
            return Fields.parse(raw).map().keySet().iterator().next();
        } catch (JsonException e) {
            throw new IllegalStateException("the form of an attribute is checked before", e);
        }
    }

    private static String content(Map<String, Object> data) {
        for (String name : new String[] {"raw", "enc", "hash"}) {
            if (data.get(name) instanceof String text) {
                return text;
            }
        }
        return "";
    }
}
