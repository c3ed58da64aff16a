package city.elicence.node.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.ledger.zmq.ZmqSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The reading client in Java alone keeps the contract, with every answer proven")
class ZmqLedgerReaderTest extends IndyVdrLedgerTest {

    private ZmqLedgerReader reader;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        reader = ZmqLedgerReader.open(settings(), Clock.systemUTC());
    }

    private ZmqSettings settings() {
        return new ZmqSettings(node().genesisFile(), authority().did(), Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    @AfterAll
    void close() {
        reader.close();
    }

    @Override
    LedgerReader reader() {
        return reader;
    }

    @Test
    @DisplayName("the authority that came with the ledger is resolved")
    void authorityItself() throws Exception {
        assertEquals(
                LedgerRole.TRUSTEE,
                reader.resolve(authority().did()).orElseThrow().role());
        assertEquals(
                authority().verkey(),
                reader.resolve(authority().did()).orElseThrow().verkey());
        assertEquals(
                reader.resolve(authority().did()), ledger().resolve(authority().did()));
    }

    @Test
    @DisplayName("proofs that are too old are not believed")
    void oldProofs() throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6));
        try (ZmqLedgerReader late = ZmqLedgerReader.open(settings(), later)) {
            LedgerException refused = assertThrows(
                    LedgerException.class, () -> late.resolve(authority().did()));
            assertEquals(Reason.NOT_TRUSTWORTHY, refused.reason());
        }
    }
}
