package city.elicence.ledger.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.memory.MemoryLedger;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A watch tells a node that lags from a ledger that contradicts itself")
class LedgerWatchTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
    private static final LedgerSigner AUTHORITY = MemoryLedger.signer("beijing", "authority");

    private final MemoryLedger ahead = MemoryLedger.of(AUTHORITY, CLOCK);
    private final MemoryLedger behind = MemoryLedger.of(AUTHORITY, CLOCK);
    private LedgerReader sizeFrom = ahead;
    private LedgerReader restFrom = ahead;

    /** A pool: who answers the next question is not the client's choice. */
    private final LedgerReader pool = (LedgerReader) Proxy.newProxyInstance(
            LedgerReader.class.getClassLoader(),
            new Class<?>[] {LedgerReader.class},
            (proxy, method, arguments) ->
                    method.invoke(method.getName().equals("size") ? sizeFrom : restFrom, arguments));

    private final LedgerWatch watch = new LedgerWatch(pool);

    @BeforeEach
    void threeAndTwo() throws Exception {
        for (String name : new String[] {"police", "hospital"}) {
            write(ahead, name);
            write(behind, name);
        }
        write(ahead, "bank");
        assertEquals(ahead.size() - 1, behind.size());
        assertEquals(Optional.empty(), look());
        assertEquals(ahead.size(), watch.size());
    }

    private static void write(MemoryLedger ledger, String name) {
        LedgerSigner key = MemoryLedger.signer("beijing", name);
        assertTrue(ledger.publishDid(key.did(), key.verkey(), LedgerRole.ENDORSER, AUTHORITY)
                .isDone());
    }

    private Optional<String> look() throws Exception {
        return watch.forward((transaction, fact) -> {});
    }

    private void asked(LedgerReader forSize, LedgerReader forRest) {
        sizeFrom = forSize;
        restFrom = forRest;
    }

    @Test
    @DisplayName("Answers by a node that is behind, to either question, are no contradiction while others come between")
    void lag() throws Exception {
        for (int times = 0; times < 3 * LedgerWatch.LAGS_AT_MOST_LOOKS; times++) {
            asked(behind, behind);
            assertEquals(Optional.empty(), look());
            asked(ahead, behind);
            assertEquals(Optional.empty(), look());
            asked(behind, ahead);
            assertEquals(Optional.empty(), look());
            asked(ahead, ahead);
            assertEquals(Optional.empty(), look());
        }
        write(ahead, "insurer");
        asked(ahead, behind);
        assertEquals(Optional.empty(), look());
        asked(ahead, ahead);
        assertEquals(Optional.empty(), look());
        assertEquals(ahead.size(), watch.size());
        assertEquals(ahead.transaction(ahead.size()).orElseThrow().rootHash(), watch.root());
    }

    @Test
    @DisplayName("A ledger that remains shorter was rolled back")
    void rolledBack() throws Exception {
        asked(behind, behind);
        for (int times = 0; times < LedgerWatch.LAGS_AT_MOST_LOOKS; times++) {
            assertEquals(Optional.empty(), look());
        }
        assertEquals(
                Optional.of("the ledger shows " + behind.size() + " transactions and had " + ahead.size()), look());
    }

    @Test
    @DisplayName("A shorter ledger whose root is not the one that was seen at that size contradicts at once")
    void anotherPast() throws Exception {
        MemoryLedger other = MemoryLedger.of(AUTHORITY, CLOCK);
        write(other, "police");
        write(other, "impostor");
        asked(other, other);
        assertEquals(
                Optional.of("the ledger of " + other.size() + " transactions has another past than it had before"),
                look());
    }
}
