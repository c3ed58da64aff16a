package city.elicence.node.state;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.ledger.LedgerId;
import java.util.Map;
import java.util.Optional;

/** The state of all ledgers after some transaction. Immutable, so that a reader's world never moves under it. */
public record State(Trie pool, Trie domain, Trie config) {
    public static State empty() {
        return new State(Trie.empty(), Trie.empty(), Trie.empty());
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

    public State with(LedgerId ledger, byte[] key, String value) {
        return with(ledger, of(ledger).with(key, value));
    }

    /** Sets {@code {"lsn", "lut", "val"}}: a value, the transaction that set it and its time. */
    public State with(LedgerId ledger, byte[] key, Object value, long seqNo, long time) {
        return with(ledger, key, Json.writeSorted(Map.of("lsn", seqNo, "lut", time, "val", value)));
    }

    public State without(LedgerId ledger, byte[] key) {
        return with(ledger, of(ledger).without(key));
    }

    private State with(LedgerId ledger, Trie trie) {
        return switch (ledger) {
            case POOL -> new State(trie, domain, config);
            case DOMAIN -> new State(pool, trie, config);
            case CONFIG -> new State(pool, domain, trie);
        };
    }

    private static Fields parsed(String json) {
        try {
            return Fields.parse(json);
        } catch (JsonException e) {
            throw new IllegalStateException("the state holds JSON that this node wrote", e);
        }
    }
}
