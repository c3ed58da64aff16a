package city.elicence.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @Test
    @DisplayName(
            "What was written is there after a restart, the settings are durable, and no one enters without the password")
    void lasts(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0)) {
            ServiceDatabase.migrate(database.settings("web"));
            try (Connection c = connect(database.settings("web"));
                    Statement s = c.createStatement()) {
                s.execute("insert into web.used_link (jti, until) values ('a-link-of-test', now())");
            }
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0)) {
            DatabaseSettings settings = database.settings("web");
            try (Connection c = connect(settings);
                    Statement s = c.createStatement();
                    ResultSet row = s.executeQuery("select count(*) from web.used_link")) {
                row.next();
                assertEquals(1, row.getInt(1));
            }
            DatabaseSettings stranger = new DatabaseSettings(
                    settings.host(), settings.port(), settings.database(), settings.user(), "guess", "web");
            assertThrows(SQLException.class, () -> connect(stranger).close());
        }
    }

    private static Connection connect(DatabaseSettings s) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + s.host() + ":" + s.port() + "/" + s.database(), s.user(), s.password());
    }
}
