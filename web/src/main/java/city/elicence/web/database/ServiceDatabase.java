package city.elicence.web.database;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Migrates a service's schema, opens its pool, and does transactions on it. */
public final class ServiceDatabase {
    private static final int PIPELINED_REQUESTS = 64;
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 1_000;
    /** Longer than any statement of ours takes on a busy machine, or waits for another one's lock. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private ServiceDatabase() {}

    /**
     * Brings the schema up to date ({@code db/web}, then {@code db/<schema>}) and opens a pool on it. Blocks while it
     * migrates: call it at start, never on an event loop.
     */
    public static Pool open(Vertx vertx, DatabaseSettings settings) {
        migrate(settings);
        return pool(vertx, settings);
    }

    /** Runs the migrations that have not run yet. */
    public static void migrate(DatabaseSettings settings) {
        Flyway.configure()
                .dataSource(settings.jdbcAddress(), settings.user(), settings.password())
                .schemas(settings.schema())
                .defaultSchema(settings.schema())
                .locations("classpath:db/web", "classpath:db/" + settings.schema())
                // The shared tables have numbers of their own, below the service's.
                .outOfOrder(true)
                .load()
                .migrate();
    }

    /**
     * A pool whose connections see the service's own schema alone. What it is asked for fails with {@link DatabaseUnavailable} where the database
     * is away, or silent for twenty seconds.
     */
    public static Pool pool(Vertx vertx, DatabaseSettings settings) {
        return pool(vertx, settings, ANSWER);
    }

    /**
     * The same.
     *
     * @param answer how long a connection may take to open or to come free, and a statement to answer. One that nobody uses stays for half of
     *     it: what lies between here and the database may have forgotten it by the next use
     */
    static Pool pool(Vertx vertx, DatabaseSettings settings, Duration answer) {
        int limit = (int) answer.toMillis();
        PgConnectOptions connect = new PgConnectOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setDatabase(settings.database())
                .setUser(settings.user())
                .setPassword(settings.password())
                .setPipeliningLimit(PIPELINED_REQUESTS)
                .setCachePreparedStatements(true)
                .setReconnectAttempts(3)
                .setReconnectInterval(200);
        connect.setProperties(Map.of("search_path", settings.schema(), "application_name", settings.schema()));
        return PoolFaults.named(PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(CONNECTIONS)
                        .setMaxWaitQueueSize(WAITING)
                        .setConnectionTimeout(limit)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(limit / 2)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions()
                        .setConnectTimeout(limit)
                        .setIdleTimeout(limit)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .withConnectHandler(opened -> breakWhenSilent(opened, answer))
                .connectingTo(connect)
                .using(vertx)
                .build());
    }

    /**
     * Breaks a connection on which nothing came or went for so long: as the pool lets no unused one live that long, somebody waits for an
     * answer. The driver's own limit asks the database to close the connection and waits until it has, which a silent one does not.
     */
    private static void breakWhenSilent(SqlConnection opened, Duration answer) {
        SocketConnectionBase driver =
                (SocketConnectionBase) ((SqlConnectionInternal) opened).unwrap().unwrap();
        driver.socket()
                .channelHandlerContext()
                .pipeline()
                .addFirst(new IdleStateHandler(0, 0, answer.toMillis(), TimeUnit.MILLISECONDS) {
                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // what waits on the connection is told by its end
                    protected void channelIdle(ChannelHandlerContext first, IdleStateEvent silence) {
                        first.close();
                    }
                });
        opened.close();
    }

    /**
     * All of it or nothing, on one connection. Blocks the thread it is called on: never an event loop.
     *
     * @param work what it throws rolls back and goes on to the caller, even where the rollback fails, too, because the connection died
     */
    public static <T extends @Nullable Object> T transaction(Pool pool, Function<SqlConnection, T> work) {
        SqlConnection connection = pool.getConnection().await();
        try {
            Transaction transaction = connection.begin().await();
            T result;
            try {
                result = work.apply(connection);
            } catch (RuntimeException | Error failed) {
                rollBack(transaction, failed);
                throw failed;
            }
            transaction.commit().await();
            return result;
        } finally {
            connection.close().await();
        }
    }

    private static void rollBack(Transaction transaction, Throwable failed) {
        try {
            transaction.rollback().await();
        } catch (RuntimeException alreadyEnded) {
            failed.addSuppressed(alreadyEnded);
        }
    }
}
