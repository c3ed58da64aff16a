package city.elicence.verifier.trust;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.offline.KnownChains;
import city.elicence.credentials.trust.Did;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issuers' certificates by the digest of their leaf: an offline code names the leaf only. They are learnt from what was
 * verified, and give nobody trust: a code put together with one of them is judged like any other.
 */
final class IssuerChains implements KnownChains {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerChains.class);
    private static final int MOST = 10_000;

    private final Pool pool;
    private final Clock clock;
    private final Map<String, List<String>> byLeaf = new ConcurrentHashMap<>();

    IssuerChains(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Optional<List<String>> x5cOf(String leafId) {
        return Optional.ofNullable(byLeaf.get(leafId));
    }

    /** Remembers the chain of something that this issuer was verified to have signed. */
    void learn(Did issuer, List<String> x5c) {
        if (x5c.isEmpty() || byLeaf.size() >= MOST) {
            return;
        }
        String leaf = KnownChains.leafId(x5c);
        if (byLeaf.putIfAbsent(leaf, List.copyOf(x5c)) == null) {
            pool.preparedQuery("""
                            insert into known_chain (leaf_id, issuer_did, x5c, seen_at) values ($1, $2, $3, $4)
                            on conflict (leaf_id) do nothing""")
                    .execute(Tuple.of(
                            leaf,
                            issuer.toString(),
                            Json.write(x5c),
                            OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                    .onFailure(failure -> LOG.warn(
                            "issuer's chain not saved: {}", failure.getClass().getSimpleName()));
        }
    }

    void restore() {
        for (Row row : pool.preparedQuery("select leaf_id, x5c from known_chain limit $1")
                .execute(Tuple.of(MOST))
                .await()) {
            try {
                List<String> x5c = new ArrayList<>();
                if (Json.parse(row.getString("x5c")) instanceof List<?> list) {
                    list.forEach(item -> x5c.add((String) item));
                }
                byLeaf.put(row.getString("leaf_id"), x5c);
            } catch (JsonException unreadable) {
                LOG.warn("a saved chain cannot be read and is left out");
            }
        }
    }
}
