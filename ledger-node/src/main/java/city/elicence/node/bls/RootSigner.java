package city.elicence.node.bls;

import city.elicence.node.books.Committed;
import city.elicence.node.keys.Base58;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.MessagePack;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs the roots of each ledger and its state. Clients take a signature for fresh for five minutes, so the roots of an idle ledger
 * are signed again when somebody reads them and the signature is older than {@link #RENEW_AFTER_SECONDS}.
 */
public final class RootSigner {
    private static final long RENEW_AFTER_SECONDS = 60;

    private final String alias;
    private final BlsKey key;
    private final LedgerStore store;
    private final Clock clock;
    private final Map<LedgerId, Signed> latest = new EnumMap<>(LedgerId.class);

    private record Signed(long size, long poolSize, long time, Map<String, Object> json) {}

    public RootSigner(String alias, BlsKey key, LedgerStore store, Clock clock) {
        this.alias = alias;
        this.key = key;
        this.store = store;
        this.clock = clock;
    }

    /** The {@code multi_signature} of a proof: over the roots of one ledger in that world. */
    public synchronized Map<String, Object> multiSignature(LedgerId ledger, Committed committed) throws IOException {
        long now = clock.instant().getEpochSecond();
        @Nullable Signed known = latest.get(ledger);
        if (known != null
                && known.size() == committed.size(ledger)
                && known.poolSize() == committed.poolSize()
                && now - known.time() < RENEW_AFTER_SECONDS
                && now >= known.time()) {
            return known.json();
        }
        Map<String, Object> json = sign(ledger, committed, now);
        latest.put(ledger, new Signed(committed.size(ledger), committed.poolSize(), now, json));
        return json;
    }

    private Map<String, Object> sign(LedgerId ledger, Committed committed, long now) throws IOException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("ledger_id", (long) ledger.number());
        value.put("pool_state_root_hash", root(LedgerId.POOL, committed));
        value.put("state_root_hash", root(ledger, committed));
        value.put("timestamp", now);
        value.put("txn_root_hash", Base58.encode(store.tree(ledger).root(committed.size(ledger))));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("participants", List.of(alias));
        json.put("signature", key.sign(MessagePack.encode(value)));
        json.put("value", value);
        return json;
    }

    private static String root(LedgerId ledger, Committed committed) {
        return Base58.encode(committed.state().of(ledger).rootHash());
    }
}
