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
import java.util.Set;

/** REVOC_REG_DEF: an accumulator with its keys, for credentials of one claim definition. */
final class RevocationRegistryWrite implements WriteKind {
    private static final Set<String> ISSUANCE = Set.of("ISSUANCE_BY_DEFAULT", "ISSUANCE_ON_DEMAND");

    @Override
    public LedgerId ledger() {
        return LedgerId.DOMAIN;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        if (!"CL_ACCUM".equals(request.requiredText("revocDefType"))) {
            throw Refusal.invalid("revocDefType: expected CL_ACCUM");
        }
        int parts = request.requiredText("credDefId").split(":", -1).length;
        if (parts != 4 && parts != 5) {
            throw Refusal.invalid("credDefId: expected did:marker:signature_type:schema_ref:tag");
        }
        request.requiredText("tag");
        Map<String, Object> value = request.requiredObject("value");
        if (!(value.get("issuanceType") instanceof String issuance) || !ISSUANCE.contains(issuance)) {
            throw Refusal.invalid("value: expected issuanceType, one of " + ISSUANCE);
        }
        if (request.field("id") != null
                && !request.requiredText("id").equals(StateKeys.text(key(request.identifier(), request.operation())))) {
            throw Refusal.invalid("id: expected the author's DID, 4, credDefId, revocDefType and tag, joined by ':'");
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        byte[] key = key(request.identifier(), request.operation());
        boolean exists = state.get(LedgerId.DOMAIN, key).isPresent();
        new Authorization(request, state)
                .require(
                        exists
                                ? AuthAction.edit(TxnType.REVOC_REG_DEF, true)
                                : AuthAction.add(TxnType.REVOC_REG_DEF, true));
        String claimDef = request.requiredText("credDefId");
        if (state.get(LedgerId.DOMAIN, StateKeys.byId(claimDef)).isEmpty()) {
            throw Refusal.rejected("There is no any CRED_DEF by path: " + claimDef);
        }
    }

    @Override
    public String txnId(Txn txn) {
        return StateKeys.text(key(txn.from().orElse(""), txn.data()));
    }

    @Override
    public State apply(Txn txn, State state) {
        byte[] key = key(txn.from().orElse(""), txn.data());
        return state.with(LedgerId.DOMAIN, key, txn.data(), txn.seqNo(), txn.time());
    }

    private static byte[] key(String author, Map<String, Object> data) {
        return StateKeys.revocationRegistryDef(
                author,
                String.valueOf(data.get("credDefId")),
                String.valueOf(data.get("revocDefType")),
                String.valueOf(data.get("tag")));
    }
}
