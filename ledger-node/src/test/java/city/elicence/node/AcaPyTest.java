package city.elicence.node;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ACA-Py as it comes from PyPI. Some hundred packages: installed by {@code ./elicence ledger strangers-test} only. */
final class AcaPyTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A stock ACA-Py opens the ledger, writes endpoint, schema, credential definition and revocation registries, and reads them")
    void agent() throws IOException, InterruptedException {
        String python = System.getProperty("acapy.python", "");
        assumeTrue(
                !python.isEmpty(),
                "ACA-Py is tested by: ./elicence ledger strangers-test (property acapy.python is not set)");
        try (LedgerNode node = TestLedger.start(folder)) {
            String said = StockClient.output(
                    new ProcessBuilder(
                            python,
                            Path.of("strangers", "acapy.py").toString(),
                            node.genesisFile().toString(),
                            node.genesis().trusteeKeyFile().toString()),
                    600);
            assertTrue(said.contains("done"), said);
        }
    }
}
