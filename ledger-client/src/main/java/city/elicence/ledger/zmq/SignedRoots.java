package city.elicence.ledger.zmq;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.MessagePack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that roots were signed by enough nodes, and lately. A signature once found good is remembered: pairings cost milliseconds. */
final class SignedRoots {

    /** The roots of the ledger of DIDs and of its state, as the nodes signed them together. */
    record Roots(String state, String transactions) {}

    private static final long DOMAIN_LEDGER = 1;
    private static final int REMEMBERED = 64;

    private final Map<String, byte[]> keys;
    private final int needed;
    private final Duration maxAge;
    private final Clock clock;
    private final Set<String> good = Collections.newSetFromMap(Collections.synchronizedMap(new Remembered()));

    SignedRoots(GenesisPool pool, Duration maxAge, Clock clock) {
        this.keys = pool.blsKeys();
        this.needed = keys.size() - pool.tolerated();
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /**
     * The roots in a {@code multi_signature}.
     *
     * @throws IllegalArgumentException when too few have signed, too long ago, or something else
     */
    Roots check(Fields multiSignature) throws JsonException {
        Map<String, Object> value = multiSignature.object("value");
        Fields fields = Fields.of(value);
        Duration age = Duration.between(Instant.ofEpochSecond(fields.longValue("timestamp")), clock.instant());
        if (age.compareTo(maxAge) > 0 || age.compareTo(maxAge.negated()) < 0) {
            throw new IllegalArgumentException("the roots were signed " + age + " ago");
        }
        if (fields.longValue("ledger_id") != DOMAIN_LEDGER) {
            throw new IllegalArgumentException("the roots are of another ledger");
        }
        Set<String> signers = new HashSet<>(multiSignature.strings("participants"));
        if (signers.size() < needed || !keys.keySet().containsAll(signers)) {
            throw new IllegalArgumentException(signers.size() + " of " + needed + " nodes signed the roots");
        }
        if (!good.contains(Json.writeSorted(multiSignature.map()))) {
            List<byte[]> signersKeys = new ArrayList<>();
            keys.forEach((alias, key) -> {
                if (signers.contains(alias)) {
                    signersKeys.add(key);
                }
            });
            byte[] signature = Base58.decode(multiSignature.string("signature"));
            if (!BlsSignature.isValid(signature, MessagePack.of(value), signersKeys)) {
                throw new IllegalArgumentException("the signature over the roots is not of those nodes");
            }
            good.add(Json.writeSorted(multiSignature.map()));
        }
        return new Roots(fields.string("state_root_hash"), fields.string("txn_root_hash"));
    }

    private static final class Remembered extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
