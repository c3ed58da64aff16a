package city.elicence.city.bench;

import city.elicence.company.dossier.Document;
import city.elicence.company.dossier.Dossier;
import city.elicence.company.keep.Company;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.web.database.DatabaseSettings;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Writes documents by PostgreSQL's binary COPY, each sealed for its own row. What is in them is signed once for a company and type: a
 * load of rows is measured here, and not of signatures.
 */
final class BulkLoad {
    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BATCH = 30_000;
    private static final int TYPES = MadeDocuments.TYPES.size();

    private final Dossier dossier;
    private final DatabaseSettings settings;
    private final List<Company> companies;
    private final List<List<Document>> documents = new ArrayList<>();
    private final PrintStream out;

    BulkLoad(
            Dossier dossier,
            DatabaseSettings settings,
            MadeDocuments made,
            List<Company> companies,
            Map<String, SoftwareKey> keys,
            PrintStream out) {
        this.dossier = dossier;
        this.settings = settings;
        this.companies = List.copyOf(companies);
        this.out = out;
        for (Company company : companies) {
            SoftwareKey key = keys.getOrDefault(company.id(), SoftwareKey.generate());
            documents.add(MadeDocuments.TYPES.stream()
                    .map(type -> made.document(type, key))
                    .toList());
        }
    }

    /** The reference of a consignment. */
    static String reference(long consignment) {
        return "999%08d".formatted(consignment);
    }

    /** Loads whole consignments, and returns how many documents that are. */
    long run(long wanted) throws SQLException, IOException {
        long all = wanted / TYPES * TYPES;
        try (Connection connection =
                DriverManager.getConnection(settings.jdbcAddress(), settings.user(), settings.password())) {
            for (long first = 0; first < all; first += BATCH) {
                int count = (int) Math.min(BATCH, all - first);
                batch(connection, first, count);
                if (first / BATCH % 10 == 9) {
                    out.println("  " + (first + count) + " documents");
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("select setval(pg_get_serial_sequence('company.document', 'id'), " + (all + 1) + ")");
                statement.execute("analyze company.document");
                statement.execute("analyze company.document_reference");
                // What the load left to be written is written now, and not between the questions.
                statement.execute("checkpoint");
            }
        }
        return all;
    }

    private void batch(Connection connection, long first, int count) throws SQLException, IOException {
        byte[][] sealed = new byte[count][];
        byte[][] digests = new byte[count][];
        IntStream.range(0, count).parallel().forEach(i -> {
            long id = first + i + 1;
            Company company = companyOf(first + i);
            Document document = documents
                    .get((int) ((first + i) / TYPES % companies.size()))
                    .get((int) ((first + i) % TYPES));
            sealed[i] = dossier.seal(company.id(), id, document);
            digests[i] = dossier.digest(company.id(), reference((first + i) / TYPES));
        });
        try (DataOutputStream rows = copy(connection, "document (id, company, type, sealed, received_at)")) {
            for (int i = 0; i < count; i++) {
                rows.writeShort(5);
                field(rows, first + i + 1);
                field(rows, companyOf(first + i).id().getBytes(StandardCharsets.UTF_8));
                field(rows, type(first + i));
                field(rows, sealed[i]);
                field(rows, 0);
            }
            rows.writeShort(-1);
        }
        try (DataOutputStream rows = copy(connection, "document_reference (digest, document, type)")) {
            for (int i = 0; i < count; i++) {
                rows.writeShort(3);
                field(rows, digests[i]);
                field(rows, first + i + 1);
                field(rows, type(first + i));
            }
            rows.writeShort(-1);
        }
    }

    private static DataOutputStream copy(Connection connection, String into) throws SQLException, IOException {
        DataOutputStream rows = new DataOutputStream(new BufferedOutputStream(
                new PGCopyOutputStream(
                        connection.unwrap(PGConnection.class), "copy company." + into + " from stdin (format binary)"),
                1 << 20));
        rows.write(HEADER);
        rows.writeInt(0);
        rows.writeInt(0);
        return rows;
    }

    private static void field(DataOutputStream rows, byte[] value) throws IOException {
        rows.writeInt(value.length);
        rows.write(value);
    }

    private static void field(DataOutputStream rows, long value) throws IOException {
        rows.writeInt(Long.BYTES);
        rows.writeLong(value);
    }

    private Company companyOf(long document) {
        return companies.get((int) (document / TYPES % companies.size()));
    }

    private static byte[] type(long document) {
        return MadeDocuments.vct(MadeDocuments.TYPES.get((int) (document % TYPES)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
