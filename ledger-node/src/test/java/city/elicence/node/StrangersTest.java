package city.elicence.node;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stock agents as they come from PyPI and npm, hundreds of packages: installed by {@code ./elicence strangers-test} only. */
final class StrangersTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A stock ACA-Py opens the ledger, writes endpoint, schema, credential definition and revocation registries, and reads them")
    void acaPy() throws IOException, InterruptedException {
        String python = installed("acapy.python");
        play(List.of(python, Path.of("strangers", "acapy.py").toString()));
    }

    @Test
    @DisplayName(
            "A stock Credo agent opens the ledger, writes a DID, schema, credential definition and revocation registry, and reads them")
    void credo() throws IOException, InterruptedException {
        String credo = installed("credo.installed");
        play(List.of("node", Path.of("strangers", "credo", "play.cjs").toString(), credo));
    }

    private void play(List<String> agent) throws IOException, InterruptedException {
        try (LedgerNode node = TestLedger.start(folder)) {
            List<String> command = new ArrayList<>(agent);
            command.add(node.genesisFile().toString());
            command.add(node.genesis().trusteeKeyFile().toString());
            String said = StockClient.output(new ProcessBuilder(command), 600);
            assertTrue(said.contains("done"), said);
        }
    }

    private static String installed(String property) {
        String where = System.getProperty(property, "");
        assumeTrue(
                !where.isEmpty(),
                "stock agents are tested by: ./elicence strangers-test (property " + property + " is not set)");
        return where;
    }
}
