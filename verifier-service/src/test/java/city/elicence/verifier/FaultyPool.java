package city.elicence.verifier;

import city.elicence.web.database.DatabaseUnavailable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool of which one statement fails: before it is executed, or after, as when a connection breaks while the answer is on its way. */
final class FaultyPool {
    private final AtomicInteger executed = new AtomicInteger();
    private final int failing;
    private final boolean persisted;

    /**
     * @param failing which statement, from 1
     * @param persisted whether it is executed all the same
     */
    FaultyPool(int failing, boolean persisted) {
        this.failing = failing;
        this.persisted = persisted;
    }

    /** Whether that statement was reached. */
    boolean failed() {
        return executed.get() >= failing;
    }

    Pool around(Pool real) {
        return (Pool) wrap(real, Pool.class);
    }

    private Object wrap(Object real, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("execute")) {
                if (executed.incrementAndGet() == failing) {
                    Future<?> outcome =
                            persisted ? (Future<?>) call(real, method, arguments) : Future.succeededFuture();
                    return outcome.transform(done -> Future.failedFuture(broken()));
                }
                return call(real, method, arguments);
            }
            Object result = call(real, method, arguments);
            return method.getName().equals("preparedQuery") ? wrap(result, method.getReturnType()) : result;
        });
    }

    private static DatabaseUnavailable broken() {
        return new DatabaseUnavailable(new IOException("the connection broke"));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
