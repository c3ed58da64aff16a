package city.elicence.city.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Larger with {@code -Delicence.bench.documents=3000000 -Delicence.bench.companies=121 -Delicence.bench.queries=2000}. */
class DossierBenchTest {
    private static final long DOCUMENTS = Long.getLong("elicence.bench.documents", 3_000);
    private static final int COMPANIES = Integer.getInteger("elicence.bench.companies", 5);
    private static final int QUERIES = Integer.getInteger("elicence.bench.queries", 40);

    @Test
    @DisplayName("Every question by reference among thousands of documents is answered whole")
    void answered() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Path folder = Files.createTempDirectory("elicence-bench");
        DossierBench.Measured measured = new DossierBench(new PrintStream(told, true, StandardCharsets.UTF_8))
                .run(folder, new DossierBench.Size(DOCUMENTS, COMPANIES, QUERIES));
        Files.write(folder.resolve("measured.txt"), told.toByteArray());
        assertEquals(DOCUMENTS / 6 * 6, measured.documents());
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("p99"));
    }
}
