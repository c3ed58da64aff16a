package city.elicence.node.kind;

import city.elicence.credentials.json.Fields;
import city.elicence.node.keys.Hashes;
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
import java.util.Optional;

/** TXN_AUTHR_AGRMT: a text that authors must accept with each write, by version; or the end of an older one. */
final class AgreementWrite implements WriteKind {
    private static final int MAX_TEXT = 100 * 1024;

    @Override
    public LedgerId ledger() {
        return LedgerId.CONFIG;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        request.requiredText("version");
        if (request.text("text").orElse("").length() > MAX_TEXT) {
            throw Refusal.invalid("text: expected at most " + MAX_TEXT + " characters");
        }
        request.number("ratification_ts");
        request.number("retirement_ts");
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        Optional<String> known =
                state.get(LedgerId.CONFIG, StateKeys.agreementOfVersion(request.requiredText("version")));
        new Authorization(request, state)
                .require(known.isEmpty() ? AuthAction.add(TxnType.TAA, true) : AuthAction.edit(TxnType.TAA, true));
        if (state.get(LedgerId.CONFIG, StateKeys.latestMechanisms()).isEmpty()) {
            throw Refusal.rejected("TAA txn is forbidden until TAA AML is set. Send TAA AML first.");
        }
        if (known.isEmpty()) {
            if (request.text("text").isEmpty()
                    || request.number("ratification_ts").isEmpty()) {
                throw Refusal.rejected("a new transaction author agreement needs a 'text' and a 'ratification_ts'");
            }
            if (request.number("retirement_ts").isPresent()) {
                throw Refusal.rejected("Cannot create transaction author agreement with a 'retirement_ts' field.");
            }
            return;
        }
        Map<String, Object> agreement = agreement(state, known.get());
        if (request.text("text")
                .filter(text -> !text.equals(agreement.get("text")))
                .isPresent()) {
            throw Refusal.rejected("Changing a text of existing transaction author agreement is forbidden");
        }
        if (state.get(LedgerId.CONFIG, StateKeys.latestAgreement()).equals(known)) {
            throw Refusal.rejected("The latest transaction author agreement cannot be retired.");
        }
    }

    @Override
    public String txnId(Txn txn) {
        return "2:d:" + digest(txn);
    }

    @Override
    public State apply(Txn txn, State state) {
        String version = String.valueOf(txn.data().get("version"));
        Optional<String> known = state.get(LedgerId.CONFIG, StateKeys.agreementOfVersion(version));
        if (known.isPresent()) {
            return changed(state, known.get(), txn.data().get("retirement_ts"), txn);
        }
        String digest = digest(txn);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("digest", digest);
        for (String name : new String[] {"text", "version", "ratification_ts"}) {
            value.put(name, txn.data().getOrDefault(name, ""));
        }
        return state.with(LedgerId.CONFIG, StateKeys.agreement(digest), value, txn.seqNo(), txn.time())
                .with(LedgerId.CONFIG, StateKeys.agreementOfVersion(version), digest, txn.seqNo())
                .with(LedgerId.CONFIG, StateKeys.latestAgreement(), digest, txn.seqNo());
    }

    /** The agreement again, with the time at which it ends, or without one. */
    static State changed(State state, String digest, @org.jspecify.annotations.Nullable Object retirement, Txn txn) {
        Map<String, Object> value = new LinkedHashMap<>(agreement(state, digest));
        value.remove("retirement_ts");
        if (retirement != null) {
            value.put("retirement_ts", retirement);
        }
        return state.with(LedgerId.CONFIG, StateKeys.agreement(digest), value, txn.seqNo(), txn.time());
    }

    @SuppressWarnings("unchecked") // a JSON tree holds only maps with text for names
    static Map<String, Object> agreement(State state, String digest) {
        return state.object(LedgerId.CONFIG, StateKeys.agreement(digest))
                .map(Fields::map)
                .map(value -> (Map<String, Object>) value.getOrDefault("val", Map.of()))
                .orElse(Map.of());
    }

    private static String digest(Txn txn) {
        return Hashes.sha256Hex(
                String.valueOf(txn.data().get("version")) + txn.data().getOrDefault("text", ""));
    }
}
