package city.elicence.web.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Migrates a service's schema and opens its pool. */
public final class ServiceDatabase {
    private static final int PIPELINED_REQUESTS = 64;
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 1_000;

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
     * is away.
     */
    public static Pool pool(Vertx vertx, DatabaseSettings settings) {
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
                .with(new PoolOptions().setMaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING))
                .connectingTo(connect)
                .using(vertx)
                .build());
    }
}
