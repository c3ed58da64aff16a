package city.elicence.node.read;

import city.elicence.credentials.json.Fields;
import city.elicence.node.state.State;
import city.elicence.node.txn.LedgerId;
import java.util.Map;
import java.util.Optional;

/** What a key held at an earlier time, found by going back from what it holds now. */
final class History {
    private final State state;
    private final LedgerId ledger;

    History(State state, LedgerId ledger) {
        this.state = state;
        this.ledger = ledger;
    }

    /**
     * A value of the state as it was at some time.
     *
     * @param current whether it is still what the key holds, so that it can be proved
     */
    record Version(Map<String, Object> value, boolean current) {
        Object seqNo() {
            Object lsn = value.get("lsn");
            return lsn != null ? lsn : value.getOrDefault("seqNo", 0L);
        }
    }

    /** The last version that was there at that second. */
    Optional<Version> at(byte[] key, long time) {
        Optional<Fields> found = state.object(ledger, key);
        boolean current = true;
        while (found.isPresent() && time(found.get().map()) > time) {
            found = state.before(ledger, key, number(found.get().map(), "lsn", "seqNo"));
            current = false;
        }
        boolean isCurrent = current;
        return found.map(fields -> new Version(fields.map(), isCurrent));
    }

    private static long time(Map<String, Object> value) {
        return number(value, "lut", "txnTime");
    }

    private static long number(Map<String, Object> value, String name, String other) {
        return value.get(name) instanceof Long number ? number : value.get(other) instanceof Long second ? second : 0;
    }
}
