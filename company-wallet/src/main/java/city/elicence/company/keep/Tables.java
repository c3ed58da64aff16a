package city.elicence.company.keep;

import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The service's PostgreSQL. Calls block the thread they are made on; never call from an event loop. */
public final class Tables {
    private final @Nullable Pool pool;
    private final SqlClient client;

    public Tables(Pool pool) {
        this.pool = pool;
        this.client = pool;
    }

    private Tables(SqlConnection connection) {
        this.pool = null;
        this.client = connection;
    }

    public List<Row> all(String sql, @Nullable Object... values) {
        List<Row> rows = new ArrayList<>();
        run(sql, values).forEach(rows::add);
        return rows;
    }

    public Optional<Row> one(String sql, @Nullable Object... values) {
        return all(sql, values).stream().findFirst();
    }

    /** How many rows were changed. */
    public int change(String sql, @Nullable Object... values) {
        return run(sql, values).rowCount();
    }

    /** One statement for many rows of values, in one round trip. */
    public void changeAll(String sql, List<List<@Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            client.preparedQuery(sql)
                    .executeBatch(rows.stream().map(row -> tuple(row.toArray())).toList())
                    .await();
        }
    }

    /** All of it or nothing: an exception rolls back and goes on to the caller. */
    public <T> T transaction(Function<Tables, T> work) {
        if (pool == null) {
            return work.apply(this);
        }
        return ServiceDatabase.transaction(pool, connection -> work.apply(new Tables(connection)));
    }

    public static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }

    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    public static @Nullable Instant optInstant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private RowSet<Row> run(String sql, @Nullable Object... values) {
        return client.preparedQuery(sql).execute(tuple(values)).await();
    }

    private static Tuple tuple(@Nullable Object... values) {
        Tuple tuple = Tuple.tuple();
        for (Object value : values) {
            tuple.addValue(
                    switch (value) {
                        case null -> null;
                        case Instant at -> at.atOffset(ZoneOffset.UTC);
                        case byte[] bytes -> Buffer.buffer(bytes);
                        default -> value;
                    });
        }
        return tuple;
    }
}
