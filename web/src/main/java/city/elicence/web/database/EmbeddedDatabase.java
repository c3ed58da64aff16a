package city.elicence.web.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on a folder that lasts, for a city that has none yet. Durable (the library's default
 * turns {@code fsync} off: here it is on, and checked at each start), on the loopback address, behind a random password.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    /**
     * Takes nothing from what is durable: checkpoints come seldom and are spread out, so that few commits wait behind one or write whole
     * pages anew after it, and these pages are compressed.
     */
    private static final Map<String, String> STEADY = Map.of(
            "min_wal_size", "1GB",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "15min",
            "checkpoint_completion_target", "0.9",
            "wal_compression", "on",
            "shared_buffers", "256MB");

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Starts the server on {@code folder}, ending first a server that an earlier, killed run left on the same folder.
     *
     * @param folder kept between starts
     * @param port TCP port, 0 for any free one
     * @throws IOException when it cannot start, or starts without durable settings
     */
    public static EmbeddedDatabase start(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        Path cluster = folder.resolve("cluster");
        endOrphan(cluster);
        requireFree(port);
        boolean first = !Files.exists(cluster.resolve("PG_VERSION"));
        Path secret = folder.resolve("password");
        String password =
                Files.exists(secret) ? Files.readString(secret, StandardCharsets.US_ASCII) : newSecret(secret);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(true)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setConnectConfig("password", password)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()));
        if (port != 0) {
            builder.setPort(port);
        }
        DURABLE.forEach(builder::setServerConfig);
        STEADY.forEach(builder::setServerConfig);
        EmbeddedPostgres server = builder.start();
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(server, password);
            database.checkDurable();
            if (first || !Files.exists(folder.resolve("locked"))) {
                database.lock(cluster);
                Files.createFile(folder.resolve("locked"));
            }
            return database;
        } catch (IOException | SQLException failed) {
            server.close();
            throw new IOException(
                    "PostgreSQL on " + folder + " started, but not as it must: " + failed.getMessage(), failed);
        }
    }

    /** Settings for a service that owns {@code schema}. */
    public DatabaseSettings settings(String schema) {
        return new DatabaseSettings("127.0.0.1", server.getPort(), "postgres", "postgres", password, schema);
    }

    /** The TCP port of the server. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new IOException("port " + port + ", which the database needs, is in use by another program", taken);
        }
    }

    private static String newSecret(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.US_ASCII);
        return text;
    }

    private void checkDurable() throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
                try (ResultSet row = statement.executeQuery("show " + setting.getKey())) {
                    if (!row.next() || !setting.getValue().equals(row.getString(1))) {
                        throw new IOException(setting.getKey() + " is not " + setting.getValue());
                    }
                }
            }
        }
    }

    /** Sets the password and lets no one in without it, from this machine's loopback address only. */
    private void lock(Path cluster) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user postgres password '" + password + "'");
            Files.write(
                    cluster.resolve("pg_hba.conf"),
                    List.of("host all all 127.0.0.1/32 scram-sha-256", "host all all ::1/128 scram-sha-256"));
            statement.execute("select pg_reload_conf()");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", password);
    }

    /** A city that was killed leaves its server running; the folder's own pid file names it. */
    private static void endOrphan(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> orphan =
                lines.isEmpty() ? Optional.empty() : handle(lines.get(0).trim());
        if (orphan.isEmpty() || !isPostgres(orphan.get())) {
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.info(
                "ending the database server that an earlier run left on this folder (pid {})",
                orphan.get().pid());
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(STOP_PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException slow) {
            orphan.get().destroyForcibly();
            orphan.get().onExit().join();
            Files.deleteIfExists(pidFile);
        } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
            throw new IOException("could not end the earlier database server", e);
        }
    }

    private static Optional<ProcessHandle> handle(String pid) {
        return pid.matches("\\d{1,10}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(c -> c.endsWith("postgres")).orElse(false);
    }
}
