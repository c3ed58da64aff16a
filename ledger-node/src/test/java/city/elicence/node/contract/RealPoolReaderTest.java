package city.elicence.node.contract;

import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.ledger.zmq.ZmqSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
        "A real Indy pool of four nodes through the reading client in Java alone keeps the contract, with every answer proven")
class RealPoolReaderTest extends RealPoolTest {

    /** Each asks a node by chance: one of four is missed so often once in 300 times. */
    private static final int IN_A_ROW = 20;

    private @Nullable ZmqLedgerReader reader;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        reader = ZmqLedgerReader.open(
                new ZmqSettings(pool().genesisFile(), authority().did(), Duration.ofSeconds(10), Duration.ofMinutes(7)),
                Clock.systemUTC());
    }

    @AfterAll
    void closeReader() {
        if (reader != null) {
            reader.close();
        }
    }

    /** Another client than the one that wrote may meet a node that is a moment behind: waits until none is met any more. */
    @Override
    LedgerReader reader() throws Exception {
        ZmqLedgerReader open = Objects.requireNonNull(reader);
        for (int upToDate = 0; upToDate < IN_A_ROW; ) {
            upToDate = open.size() >= written() ? upToDate + 1 : 0;
        }
        return open;
    }
}
