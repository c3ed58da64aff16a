package city.elicence.city.story.knows;

import city.elicence.web.database.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks into every table of every service as somebody does who has stolen the disk: as text, and as the bytes of that text. */
final class StoryTables {
    private static final String TABLES = """
            select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """;

    private final DatabaseSettings settings;

    StoryTables(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** Those of the values that stand in some row of some table. */
    Set<String> holding(List<String> values) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection =
                DriverManager.getConnection(settings.jdbcAddress(), settings.user(), settings.password())) {
            List<String> tables = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(TABLES);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                search(connection, table, values, found);
            }
        }
        return found;
    }

    private static void search(Connection connection, String table, List<String> values, Set<String> found)
            throws SQLException {
        // The table's name comes from the database's own catalogue, quoted by it.
        String sql = "select v from unnest(?::text[]) v where exists (select 1 from " + table + " t"
                + " where position(v in t::text) > 0"
                + " or position(encode(convert_to(v, 'UTF8'), 'hex') in t::text) > 0)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", values.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
    }
}
