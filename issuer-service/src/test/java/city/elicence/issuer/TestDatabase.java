package city.elicence.issuer;

import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One real PostgreSQL for all tests of the module, ended with the JVM. */
final class TestDatabase {
    private static final DatabaseSettings SETTINGS = start();

    private TestDatabase() {}

    static DatabaseSettings settings() {
        return SETTINGS;
    }

    private static DatabaseSettings start() {
        try {
            Path folder = Files.createTempDirectory("issuer-postgres");
            DatabaseSettings settings = EmbeddedDatabase.start(folder, 0).settings("issuer");
            ServiceDatabase.migrate(settings);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
