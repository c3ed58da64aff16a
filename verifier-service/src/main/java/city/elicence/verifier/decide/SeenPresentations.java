package city.elicence.verifier.decide;

import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.verifier.secret.RandomText;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The replay guard of a verifier of several processes: the first insert wins. Call it where waiting is allowed. */
final class SeenPresentations implements ReplayGuard {
    private final Pool pool;

    SeenPresentations(Pool pool) {
        this.pool = pool;
    }

    @Override
    public boolean firstSeen(String key, Instant until, Instant now) {
        return pool.preparedQuery("""
                                insert into seen_presentation (digest, keep_until) values ($1, $2)
                                on conflict (digest) do nothing""")
                        .execute(Tuple.of(RandomText.sha256(key), OffsetDateTime.ofInstant(until, ZoneOffset.UTC)))
                        .await()
                        .rowCount()
                == 1;
    }

    /** Forgets what is too old to be accepted anyway. */
    void forgetBefore(Instant now) {
        pool.preparedQuery("delete from seen_presentation where keep_until < $1")
                .execute(Tuple.of(OffsetDateTime.ofInstant(now, ZoneOffset.UTC)))
                .await();
    }
}
