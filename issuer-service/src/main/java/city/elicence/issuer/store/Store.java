package city.elicence.issuer.store;

import city.elicence.web.database.ServiceDatabase;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import java.util.function.Consumer;
import java.util.function.Function;

/** The issuer's PostgreSQL. Calls block the virtual thread they are made on; never call from an event loop. */
public final class Store {
    /** PostgreSQL appendix A: {@code deadlock_detected}. */
    private static final String DEADLOCK = "40P01";

    private static final int MOST_TRIES = 5;

    private final Pool pool;
    private final Rows direct;

    public Store(Pool pool) {
        this.pool = pool;
        this.direct = new Rows(pool);
    }

    /** Single statements, each its own transaction. */
    public Rows direct() {
        return direct;
    }

    /**
     * All of it or nothing: an exception rolls back and goes on to the caller.
     *
     * @param work does nothing but by its rows: where two transactions wait for each other's locks, the database ends one of
     *     them, and that one is begun anew
     */
    public <T> T transaction(Function<Rows, T> work) {
        for (int tries = 1; true; tries++) {
            try {
                return ServiceDatabase.transaction(pool, connection -> work.apply(new Rows(connection)));
            } catch (DatabaseException failed) {
                if (tries == MOST_TRIES || !DEADLOCK.equals(failed.getSqlState())) {
                    throw failed;
                }
            }
        }
    }

    /** As {@link #transaction}, for work without a result. */
    public void inTransaction(Consumer<Rows> work) {
        boolean done = transaction(rows -> {
            work.accept(rows);
            return true;
        });
        assert done;
    }
}
