package city.elicence.web.database;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gives a database that is away one name. The driver has many for it, and some are checked exceptions that {@link Future#await} throws though
 * nothing declares them; a caller would have to know them all.
 */
final class PoolFaults {
    private PoolFaults() {}

    /** The same pool, which fails with {@link DatabaseUnavailable} where the statement is not to blame. */
    static Pool named(Pool real) {
        return around(real, Pool.class);
    }

    private static <T> T around(T real, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    try {
                        Object result = method.invoke(real, values);
                        if (result instanceof Future<?> future) {
                            return future.<@Nullable Object>map(PoolFaults::within)
                                    .recover(failure -> Future.failedFuture(named(failure)));
                        }
                        return within(result);
                    } catch (InvocationTargetException thrown) {
                        throw Objects.requireNonNull(thrown.getCause());
                    }
                }));
    }

    private static @Nullable Object within(@Nullable Object result) {
        return switch (result) {
            case null -> null;
            case PreparedQuery<?> query -> around(query, PreparedQuery.class);
            case Query<?> query -> around(query, Query.class);
            case SqlConnection connection -> around(connection, SqlConnection.class);
            case Transaction transaction -> around(transaction, Transaction.class);
            case PreparedStatement statement -> around(statement, PreparedStatement.class);
            default -> result;
        };
    }

    private static Throwable named(Throwable failure) {
        return isAway(failure) ? new DatabaseUnavailable(failure) : failure;
    }

    private static boolean isAway(Throwable failure) {
        return switch (failure) {
            case IOException broken -> true;
            case TimeoutException late -> true;
            case ClosedConnectionException broken -> true;
            case ConnectionPoolTooBusyException full -> true;
            case DatabaseException told -> isAway(told.getSqlState());
            // A connection that is closing or closed, and none that came free in time, have no type of their own.
            case VertxException untyped -> isAway(untyped, String.valueOf(untyped.getMessage()));
            default -> false;
        };
    }

    private static boolean isAway(VertxException untyped, String message) {
        return message.equals("Timeout")
                || (untyped.getClass() == VertxException.class
                        && message.toLowerCase(Locale.ROOT).contains("connection"));
    }

    /** PostgreSQL appendix A: no connection (08), no resources (53), stopping, restarting after a crash or starting (57P). */
    private static boolean isAway(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
