package city.elicence.node.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.audit.AuditTool;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.ledger.zmq.ZmqSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    @DisplayName(
            "an audit with the genesis file alone goes through all of the ledger, and finds a log of nobody accredited")
    void audited() throws Exception {
        LedgerSigner nobody = stranger();
        done(ledger().publishDid(nobody.did(), nobody.verkey(), LedgerRole.ENDORSER, authority()));
        done(ledger().putLogHead(head(nobody.did(), 3), nobody));
        List<String> lines = new ArrayList<>();
        int code = AuditTool.run(
                node().genesisFile(), authority().did(), AuditTool.Beside.nothing(), Clock.systemUTC(), lines::add);
        assertEquals(AuditTool.FOUND, code);
        assertTrue(lines.getFirst().startsWith("proven      " + ledger().size() + " transactions"), lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains("ISSUER_NOT_ACCREDITED")
                                && line.contains(nobody.did().value())),
                lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.contains("CONTRADICTS")), lines::toString);
    }

    @Test
    @DisplayName("a reader that knows the genesis file alone learns where the node has moved to, and asks it there")
    void moved(@TempDir Path data) throws Exception {
        try (RunningNode moving = new RunningNode(data)) {
            Path old = Files.copy(moving.genesisFile(), data.resolve("old-genesis"));
            ZmqSettings known =
                    new ZmqSettings(old, moving.trustee().did(), Duration.ofSeconds(4), Duration.ofMinutes(5));
            int before = moving.port();
            moving.stop();
            moving.restartElsewhere();
            try (ZmqLedgerReader follower = ZmqLedgerReader.open(known, Clock.systemUTC())) {
                try (Relay relay = new Relay(before, moving.port())) {
                    assertTrue(follower.resolve(moving.trustee().did()).isPresent());
                    assertTrue(relay.isUsed());
                }
                assertTrue(follower.resolve(moving.trustee().did()).isPresent());
            }
            try (ZmqLedgerReader stranger = ZmqLedgerReader.open(known, Clock.systemUTC())) {
                LedgerException nobody = assertThrows(
                        LedgerException.class,
                        () -> stranger.resolve(moving.trustee().did()));
                assertEquals(Reason.UNREACHABLE, nobody.reason());
            }
        }
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

    @Test
    @DisplayName("every fresh connection is answered in time, also one that the transport forgot after opening it")
    void freshConnections() throws Exception {
        for (int i = 0; i < 15; i++) {
            try (ZmqLedgerReader fresh = ZmqLedgerReader.open(settings(), Clock.systemUTC())) {
                assertTrue(fresh.resolve(authority().did()).isPresent());
            }
        }
    }
}
