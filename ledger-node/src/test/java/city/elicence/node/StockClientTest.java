package city.elicence.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libindy_vdr 0.4.2, driven by its own Python wrapper, unmodified. */
final class StockClientTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "Every transaction type of Indy is written and read back, the client library verifying each state proof;"
                    + " and again after a restart")
    void stockClient() throws IOException, InterruptedException {
        NodeSettings settings = TestLedger.create(folder);
        long size;
        try (LedgerNode node = LedgerNode.start(settings, Clock.systemUTC())) {
            assertTrue(drive(node).contains("done"));
            size = node.size();
        }
        try (LedgerNode node = LedgerNode.start(settings, Clock.systemUTC())) {
            assertEquals(size, node.size());
            assertTrue(drive(node).contains("done"));
        }
    }

    private static String drive(LedgerNode node) throws IOException, InterruptedException {
        return StockClient.run(
                "stock_client.py",
                node.genesisFile().toString(),
                node.genesis().trusteeKeyFile().toString());
    }
}
