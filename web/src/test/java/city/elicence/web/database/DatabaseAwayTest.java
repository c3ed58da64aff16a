package city.elicence.web.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.web.CutLine;
import city.elicence.web.DoorSettings;
import city.elicence.web.HttpDoor;
import city.elicence.web.Outage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseAwayTest {
    private static final Duration ANSWER = Duration.ofSeconds(4);
    /** Less than what the pool waits for a connection if nobody says how long. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final String DIE = "select pg_terminate_backend(pg_backend_pid())";
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static DatabaseSettings settings;

    @BeforeAll
    static void open() throws Exception {
        database = EmbeddedDatabase.start(folder, 0);
        settings = database.settings("web");
        ServiceDatabase.migrate(settings);
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        database.close();
    }

    @Test
    @DisplayName("A connection that dies within a transaction, at its end or before, is told as 503")
    void diesWithin() throws Exception {
        Pool pool = ServiceDatabase.pool(VERTX, settings);
        pool.query("""
                        create table dying (at timestamptz default now());
                        create function die() returns trigger language plpgsql as
                          $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
                        create constraint trigger dying after insert on dying deferrable initially deferred
                          for each row execute function die()""").execute().await();
        try (HttpDoor door = HttpDoor.open(VERTX, DoorSettings.local("test", 0), router -> {
                    router.get("/before").handler(ctx -> ctx.end(within(pool, DIE)));
                    router.get("/end").handler(ctx -> ctx.end(within(pool, "insert into dying default values")));
                });
                HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of("/before", "/end")) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(door.base().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString());
                Outage.told(answer.statusCode(), answer.headers().map(), new JsonObject(answer.body()).getMap());
            }
        } finally {
            pool.close().await();
        }
    }

    private static String within(Pool pool, String sql) {
        return ServiceDatabase.transaction(pool, within -> {
            within.query(sql).execute().await();
            return "done";
        });
    }

    @Test
    @DisplayName("A rollback that fails, because the connection died, does not hide what was thrown before it")
    void rollbackFails() {
        Pool pool = ServiceDatabase.pool(VERTX, settings);
        try {
            IllegalStateException told = assertThrows(
                    IllegalStateException.class,
                    () -> ServiceDatabase.transaction(pool, within -> {
                        assertThrows(
                                DatabaseUnavailable.class,
                                () -> within.query(DIE).execute().await());
                        throw new IllegalStateException("a fault of ours");
                    }));
            assertInstanceOf(DatabaseUnavailable.class, told.getSuppressed()[0]);
        } finally {
            pool.close().await();
        }
    }

    @Test
    @DisplayName("What a transaction did is there when it ends, and nothing of it where it throws")
    void allOrNothing() {
        Pool pool = ServiceDatabase.pool(VERTX, settings);
        try {
            String insert = "insert into used_link (jti, until) values ('%s', now()) returning jti";
            String kept = ServiceDatabase.transaction(
                    pool,
                    within -> within.query(insert.formatted("link-that-is-kept"))
                            .execute()
                            .await()
                            .iterator()
                            .next()
                            .getString(0));
            assertThrows(
                    IllegalStateException.class,
                    () -> ServiceDatabase.transaction(pool, within -> {
                        within.query(insert.formatted("link-that-is-not"))
                                .execute()
                                .await();
                        throw new IllegalStateException("a fault of ours");
                    }));
            List<String> found = new ArrayList<>();
            pool.query("select jti from used_link where jti like 'link-that-%'")
                    .execute()
                    .await()
                    .forEach(row -> found.add(row.getString(0)));
            assertEquals(List.of(kept), found);
        } finally {
            pool.close().await();
        }
    }

    @Test
    @DisplayName(
            "A database that takes connections and says nothing is away for who waits for an answer, for a connection to open, and for one to "
                    + "come free; then all works again")
    void silent() throws Exception {
        try (CutLine line = new CutLine(settings)) {
            Pool pool = ServiceDatabase.pool(VERTX, line.settings(), ANSWER);
            Outage.until(() -> works(pool));
            line.hold();
            List<Future<?>> waiting = new ArrayList<>();
            waiting.add(pool.query("select 1").execute());
            for (int i = 0; i < 12; i++) {
                // One that is open already is given without a word to the database: so each has something to ask, too.
                waiting.add(pool.withConnection(open -> open.query("select 1").execute()));
                waiting.add(pool.query("select 1").execute());
            }
            for (Future<?> each : waiting) {
                ExecutionException failed = assertThrows(
                        ExecutionException.class,
                        () -> each.toCompletionStage()
                                .toCompletableFuture()
                                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
                assertInstanceOf(DatabaseUnavailable.class, failed.getCause());
            }
            line.pass();
            Outage.until(() -> works(pool));
        }
    }

    private static boolean works(Pool pool) {
        try {
            return pool.query("select 1").execute().await().size() == 1;
        } catch (DatabaseUnavailable notYet) {
            return false;
        }
    }
}
