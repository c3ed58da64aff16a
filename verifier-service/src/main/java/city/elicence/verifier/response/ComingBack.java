package city.elicence.verifier.response;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.RandomText;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The second half of the same-device flow: the browser that began the check brings the response code back, and only then
 * is its result shown. This is what stops session fixation (OpenID4VP 1.0 §14.2; HAIP 1.0 §5.1).
 */
public final class ComingBack {
    private final Pool pool;
    private final Clock clock;

    public ComingBack(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * A browser came to our own return address.
     *
     * @param session the secret that it was given when it began the check, or null when it has none
     * @return whether the check was begun on this device; a cross-device check has no session to bind
     */
    public boolean browser(String tenant, String id, String code, @Nullable String session) {
        Row row = find(tenant, id, code);
        Buffer expected = row.getBuffer("session_hash");
        if (expected == null) {
            return false;
        }
        if (session == null || !RandomText.sha256(session).equals(expected)) {
            throw new CheckRefused(new Problem.ForeignSession());
        }
        write(id);
        return true;
    }

    /** A relying party's back end vouches that the code came back in the session in which it began the check. */
    public void backEnd(String tenant, String id, String code) {
        find(tenant, id, code);
        write(id);
    }

    private Row find(String tenant, String id, String code) {
        for (Row row : pool.preparedQuery("""
                        select r.session_hash, a.response_code_hash from check_request r
                        join check_response a on a.check_id = r.id where r.id = $1 and r.tenant = $2""").execute(Tuple.of(id, tenant)).await()) {
            if (!RandomText.sha256(code).equals(row.getBuffer("response_code_hash"))) {
                throw new CheckRefused(new Problem.ForeignSession());
            }
            return row;
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }

    private void write(String id) {
        pool.preparedQuery("insert into check_return (check_id, returned_at) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(id, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .await();
    }
}
