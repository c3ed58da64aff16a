package city.elicence.node.kind;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import java.util.Map;
import java.util.Optional;

/** While there is an author agreement, each write to the domain ledger must say that its author accepted it, how and when. */
public final class AcceptanceCheck {
    /** Clients round the time of acceptance down to a day. */
    private static final long DAY_SECONDS = 86_400;

    private static final long SKEW_SECONDS = 120;

    private AcceptanceCheck() {}

    public static void check(Request request, State state, long now) throws Refusal {
        Optional<String> latest = state.get(LedgerId.CONFIG, StateKeys.latestAgreement());
        Object given = request.tree().get("taaAcceptance");
        if (latest.isEmpty()) {
            if (given != null) {
                throw Refusal.rejected(
                        "Txn Author Agreement acceptance has not been set yet and not allowed in requests");
            }
            return;
        }
        if (given == null) {
            throw Refusal.rejected("Txn Author Agreement acceptance is required for ledger with id 1");
        }
        try {
            Fields acceptance = Fields.of(Fields.of(request.tree()).object("taaAcceptance"));
            Map<String, Object> agreement = AgreementWrite.agreement(state, acceptance.string("taaDigest"));
            if (agreement.isEmpty() || (agreement.get("retirement_ts") instanceof Long retired && retired <= now)) {
                throw Refusal.rejected("taaDigest: there is no such agreement, or it has been retired");
            }
            long time = acceptance.longValue("time");
            long ratified = agreement.get("ratification_ts") instanceof Long number ? number : 0;
            if (time > now + SKEW_SECONDS || time < ratified - DAY_SECONDS) {
                throw Refusal.rejected("time: the acceptance is not between the agreement's ratification and now");
            }
            if (!mechanisms(state).containsKey(acceptance.string("mechanism"))) {
                throw Refusal.rejected("mechanism: not one of the acceptance mechanisms of the ledger");
            }
        } catch (JsonException e) {
            throw Refusal.rejected("taaAcceptance: " + e.getMessage());
        }
    }

    private static Map<String, Object> mechanisms(State state) throws JsonException {
        Optional<Fields> latest = state.object(LedgerId.CONFIG, StateKeys.latestMechanisms());
        return latest.isEmpty() ? Map.of() : latest.get().fields("val").object("aml");
    }
}
