package city.elicence.verifier.tenant;

import city.elicence.verifier.secret.RandomText;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of relying parties' own back ends: shown once when made, kept as a digest. A back end acts for its own
 * relying party and no other.
 */
public final class BackEnds {
    /** How a back end's secret begins, so that a leaked one is found by scanners. */
    public static final String PREFIX = "elvb_";

    private final Pool pool;
    private final Clock clock;

    public BackEnds(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * Makes a secret for a relying party's back end.
     *
     * @param callback where it wants to be told that a check of its own is decided, or null
     */
    public String admit(String tenant, String label, @Nullable URI callback, String by) {
        String secret = PREFIX + RandomText.of256Bits();
        pool.preparedQuery("""
                        insert into back_end (secret_hash, tenant, label, callback, created_by, created_at)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(
                        RandomText.sha256(secret),
                        tenant,
                        label,
                        callback == null ? null : callback.toString(),
                        by,
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .await();
        return secret;
    }

    /** Whom a secret belongs to, when it is still good. */
    public Optional<BackEnd> holder(String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() > 64) {
            return Optional.empty();
        }
        for (Row row : pool.preparedQuery(
                        "select tenant, label from back_end where secret_hash = $1 and revoked_at is null")
                .execute(Tuple.of(RandomText.sha256(secret)))
                .await()) {
            return Optional.of(new BackEnd(row.getString("tenant"), row.getString("label")));
        }
        return Optional.empty();
    }

    /** A back end that proved who it is. */
    public record BackEnd(String tenant, String label) {}
}
