package city.elicence.issuer;

import city.elicence.web.database.DatabaseUnavailable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;

/** A pool whose next commit fails: before it is done, or after, as when a connection breaks while the answer is on its way. */
final class FaultyPool {
    /** When the next commit fails. */
    enum Fault {
        NONE,
        NOT_PERSISTED,
        PERSISTED
    }

    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);

    void failNext(Fault fault) {
        next.set(fault);
    }

    Pool around(Pool real) {
        return proxy(Pool.class, (self, method, arguments) -> {
            Object result = call(real, method, arguments);
            if (method.getName().equals("getConnection") && result instanceof Future<?> connection) {
                return connection.map(c -> around((SqlConnection) c));
            }
            return result;
        });
    }

    private SqlConnection around(SqlConnection real) {
        return proxy(SqlConnection.class, (self, method, arguments) -> {
            Object result = call(real, method, arguments);
            if (method.getName().equals("begin") && result instanceof Future<?> transaction) {
                return transaction.map(t -> around((Transaction) t));
            }
            return result;
        });
    }

    private Transaction around(Transaction real) {
        return proxy(Transaction.class, (self, method, arguments) -> {
            if (!method.getName().equals("commit") || isBackground()) {
                return call(real, method, arguments);
            }
            return switch (next.getAndSet(Fault.NONE)) {
                case NONE -> real.commit();
                case NOT_PERSISTED -> real.rollback().transform(done -> Future.failedFuture(broken()));
                case PERSISTED -> real.commit().transform(done -> Future.failedFuture(broken()));
            };
        });
    }

    /** What the issuer does of itself meanwhile must not meet the fault that is meant for a request. */
    private static boolean isBackground() {
        return Thread.currentThread().getName().startsWith("issuer-");
    }

    private static DatabaseUnavailable broken() {
        return new DatabaseUnavailable(new IOException("the connection broke"));
    }

    private static Object call(Object real, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
