package city.elicence.issuer.store;

import city.elicence.issuer.vault.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection or pool, with our own types for values: {@code Instant}, {@code byte[]}, {@code List}. */
public final class Rows {
    private final SqlClient client;

    Rows(SqlClient client) {
        this.client = client;
    }

    /** The first row, if any. */
    public Optional<Row> one(String sql, @Nullable Object... values) {
        RowSet<Row> rows = run(sql, values);
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    public List<Row> all(String sql, @Nullable Object... values) {
        List<Row> rows = new ArrayList<>();
        run(sql, values).forEach(rows::add);
        return rows;
    }

    /** How many rows were changed. */
    public int change(String sql, @Nullable Object... values) {
        return run(sql, values).rowCount();
    }

    /** One statement for many tuples, in one round trip. */
    public void changeAll(String sql, List<List<@Nullable Object>> tuples) {
        if (tuples.isEmpty()) {
            return;
        }
        List<Tuple> batch = new ArrayList<>();
        for (List<@Nullable Object> values : tuples) {
            batch.add(tuple(values.toArray()));
        }
        client.preparedQuery(sql).executeBatch(batch).await();
    }

    public static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }

    public static Digest digest(Row row, String column) {
        return Digest.of(bytes(row, column));
    }

    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    public static @Nullable Instant optInstant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    public static List<String> strings(Row row, String column) {
        String[] values = row.getArrayOfStrings(column);
        return values == null ? List.of() : List.of(values);
    }

    private RowSet<Row> run(String sql, @Nullable Object... values) {
        return client.preparedQuery(sql).execute(tuple(values)).await();
    }

    private static Tuple tuple(@Nullable Object... values) {
        Tuple tuple = Tuple.tuple();
        for (Object value : values) {
            tuple.addValue(wire(value));
        }
        return tuple;
    }

    private static @Nullable Object wire(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant at -> at.atOffset(ZoneOffset.UTC);
            case byte[] bytes -> Buffer.buffer(bytes);
            case Digest digest -> Buffer.buffer(digest.bytes());
            case List<?> list
            when !list.isEmpty() && list.getFirst() instanceof byte[] ->
                list.stream().map(b -> Buffer.buffer((byte[]) b)).toArray(Buffer[]::new);
            case List<?> list -> list.stream().map(String::valueOf).toArray(String[]::new);
            default -> value;
        };
    }
}
