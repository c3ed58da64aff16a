package city.elicence.node.state;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.txn.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The state of all ledgers after some transaction. Immutable, so that a reader's world never moves under it.
 *
 * @param history what each key held before, and notes that checks need; for this node's own use, never proved to anyone
 */
public record State(Trie pool, Trie domain, Trie config, Trie history) {
    public static State empty() {
        return new State(Trie.empty(), Trie.empty(), Trie.empty(), Trie.empty());
    }

    public Trie of(LedgerId ledger) {
        return switch (ledger) {
            case POOL -> pool;
            case DOMAIN -> domain;
            case CONFIG -> config;
        };
    }

    public Optional<String> get(LedgerId ledger, byte[] key) {
        return of(ledger).get(key);
    }

    /** The value as the JSON object that it is. */
    public Optional<Fields> object(LedgerId ledger, byte[] key) {
        return get(ledger, key).map(State::parsed);
    }

    /** Sets the value; what was there before is kept as what the transaction with this number replaced. */
    public State with(LedgerId ledger, byte[] key, String value, long seqNo) {
        Optional<String> before = get(ledger, key);
        State changed = with(ledger, of(ledger).with(key, value));
        return before.isEmpty()
                ? changed
                : new State(
                        changed.pool,
                        changed.domain,
                        changed.config,
                        history.with(replacedBy(ledger, key, seqNo), before.get()));
    }

    /** Sets {@code {"lsn", "lut", "val"}}: a value, the transaction that set it and its time. */
    public State with(LedgerId ledger, byte[] key, Object value, long seqNo, long time) {
        return with(ledger, key, Json.writeSorted(Map.of("lsn", seqNo, "lut", time, "val", value)), seqNo);
    }

    /** What the transaction with this number replaced under this key. */
    public Optional<Fields> before(LedgerId ledger, byte[] key, long seqNo) {
        return history.get(replacedBy(ledger, key, seqNo)).map(State::parsed);
    }

    public State without(LedgerId ledger, byte[] key) {
        return with(ledger, of(ledger).without(key));
    }

    public State withNote(String note) {
        return new State(pool, domain, config, history.with(noteKey(note), "1"));
    }

    public boolean hasNote(String note) {
        return history.get(noteKey(note)).isPresent();
    }

    private State with(LedgerId ledger, Trie trie) {
        return switch (ledger) {
            case POOL -> new State(trie, domain, config, history);
            case DOMAIN -> new State(pool, trie, config, history);
            case CONFIG -> new State(pool, domain, trie, history);
        };
    }

    private static byte[] replacedBy(LedgerId ledger, byte[] key, long seqNo) {
        byte[] place = ("replaced:" + ledger.number() + ":" + seqNo + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(place, place.length + key.length);
        System.arraycopy(key, 0, whole, place.length, key.length);
        return whole;
    }

    private static byte[] noteKey(String note) {
        return ("note:" + note).getBytes(StandardCharsets.UTF_8);
    }

    private static Fields parsed(String json) {
        try {
            return Fields.parse(json);
        } catch (JsonException e) {
            throw new IllegalStateException("the state holds JSON that this node wrote", e);
        }
    }
}
