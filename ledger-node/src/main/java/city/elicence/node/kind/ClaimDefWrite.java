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
import java.util.Map;

/** CLAIM_DEF: an issuer's public keys for credentials of one schema. */
final class ClaimDefWrite implements WriteKind {
    private static final String DEFAULT_TAG = "tag";

    @Override
    public LedgerId ledger() {
        return LedgerId.DOMAIN;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        request.requiredNumber("ref");
        if (!"CL".equals(request.requiredText("signature_type"))) {
            throw Refusal.invalid("signature_type: expected CL");
        }
        if (request.field("tag") != null) {
            request.requiredText("tag");
        }
        if (request.requiredObject("data").get("primary") == null) {
            throw Refusal.invalid("data: expected primary keys");
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        long schema = request.requiredNumber("ref");
        if (!state.hasNote(SchemaWrite.note(schema))) {
            throw Refusal.rejected("Mentioned seqNo (" + schema + ") isn't seqNo of the schema.");
        }
        byte[] key = key(request.identifier(), request.operation());
        boolean exists = state.get(LedgerId.DOMAIN, key).isPresent();
        new Authorization(request, state)
                .require(exists ? AuthAction.edit(TxnType.CLAIM_DEF, true) : AuthAction.add(TxnType.CLAIM_DEF, true));
    }

    @Override
    public String txnId(Txn txn) {
        return StateKeys.text(key(txn.from().orElse(""), txn.data()));
    }

    @Override
    public State apply(Txn txn, State state) {
        Object keys = txn.data().getOrDefault("data", Map.of());
        return state.with(LedgerId.DOMAIN, key(txn.from().orElse(""), txn.data()), keys, txn.seqNo(), txn.time());
    }

    private static byte[] key(String author, Map<String, Object> data) {
        return StateKeys.claimDef(
                author,
                String.valueOf(data.get("signature_type")),
                String.valueOf(data.get("ref")),
                String.valueOf(data.getOrDefault("tag", DEFAULT_TAG)));
    }
}
