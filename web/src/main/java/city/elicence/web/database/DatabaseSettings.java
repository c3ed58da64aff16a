package city.elicence.web.database;

import java.util.Objects;

/**
 * A PostgreSQL database and the one schema in it that a service owns.
 *
 * @param schema lower-case name of the schema; its migrations are read from {@code db/<schema>} on the class path
 */
public record DatabaseSettings(String host, int port, String database, String user, String password, String schema) {
    public DatabaseSettings {
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
        if (!schema.matches("[a-z][a-z_]{0,30}")) {
            throw new IllegalArgumentException("a schema's name is lower-case letters, not " + schema);
        }
    }

    /** JDBC address, for migrations and for administrators; services use a pool. */
    public String jdbcAddress() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + host + ":" + port + "/" + database + " " + schema + "]";
    }
}
