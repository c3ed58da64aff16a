package city.elicence.verifier.callback;

import city.elicence.credentials.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox of callbacks. A call says only that a check is decided: its result is fetched with the back end's own
 * secret, so that a call that goes astray, or is made up, tells and changes nothing. Delivered at least once.
 */
public final class Callbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final Duration TOTAL = Duration.ofSeconds(4);
    private static final int MOST_ATTEMPTS = 10;
    private static final int AT_ONCE = 50;

    private final Pool pool;
    private final HttpClient client;
    private final Clock clock;

    public Callbacks(Vertx vertx, Pool pool, Clock clock) {
        this.pool = pool;
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) TOTAL.toMillis()));
        this.clock = clock;
    }

    /** Makes the calls that are due; one that fails is due again, later each time, ten times in all. */
    public void deliver() {
        List<Future<?>> calls = new ArrayList<>();
        for (Row row : pool.preparedQuery("""
                        select c.check_id, c.url, c.attempts, r.tenant from check_callback c
                        join check_request r on r.id = c.check_id where c.due_at <= $1 order by c.due_at limit $2""")
                .execute(Tuple.of(at(clock.instant()), AT_ONCE))
                .await()) {
            calls.add(call(row));
        }
        Future.join(calls).otherwiseEmpty().await();
    }

    private Future<?> call(Row row) {
        String id = row.getString("check_id");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "decided");
        body.put("id", id);
        body.put("tenant", row.getString("tenant"));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(row.getString("url"))
                .setFollowRedirects(false)
                .setTimeout(TOTAL.toMillis())
                .putHeader("Content-Type", "application/json");
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(Json.write(body))))
                .compose(answer -> answer.statusCode() / 100 == 2
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IOException("answered " + answer.statusCode())))
                .compose(
                        done -> pool.preparedQuery("delete from check_callback where check_id = $1")
                                .execute(Tuple.of(id)),
                        failed -> {
                            LOG.warn(
                                    "callback not delivered: {}",
                                    failed.getClass().getSimpleName());
                            return later(id, row.getInteger("attempts") + 1);
                        });
    }

    private Future<io.vertx.sqlclient.RowSet<Row>> later(String id, int attempts) {
        if (attempts >= MOST_ATTEMPTS) {
            return pool.preparedQuery("delete from check_callback where check_id = $1")
                    .execute(Tuple.of(id));
        }
        Instant due = clock.instant().plusSeconds(1L << attempts);
        return pool.preparedQuery("update check_callback set attempts = $2, due_at = $3 where check_id = $1")
                .execute(Tuple.of(id, attempts, at(due)));
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @Override
    public void close() {
        client.close();
    }
}
