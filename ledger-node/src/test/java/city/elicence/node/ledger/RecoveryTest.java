package city.elicence.node.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk after a crash or damage, and what the node makes of it. */
final class RecoveryTest {
    private static final int TXNS = 6;

    @TempDir
    private Path temp;

    private Path original;
    /** Where the log ended after each transaction. */
    private final List<Long> ends = new ArrayList<>();

    @BeforeEach
    void writeSix() throws IOException {
        original = temp.resolve("original");
        try (LedgerStore store = LedgerStore.open(original, (ledger, txn) -> {})) {
            ends.add(store.log().length());
            for (long seqNo = 1; seqNo <= TXNS; seqNo++) {
                store.append(List.of(SampleTxns.entry(seqNo)));
                ends.add(store.log().length());
            }
        }
    }

    @Test
    @DisplayName("What was acknowledged is there after a restart, with the same roots and the same answers to repeated"
            + " requests")
    void restart() throws IOException {
        List<Long> replayed = new ArrayList<>();
        try (LedgerStore store = LedgerStore.open(original, (ledger, txn) -> replayed.add(txn.seqNo()))) {
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), replayed);
            assertEquals(6, store.size(LedgerId.DOMAIN));
            assertEquals(
                    4,
                    store.findByPayload(SampleTxns.digest(4))
                            .orElseThrow()
                            .txn()
                            .seqNo());
            assertTrue(store.findByPayload(SampleTxns.digest(7)).isEmpty());
            assertEquals(
                    SampleTxns.entry(3).txn(), store.read(LedgerId.DOMAIN, 3).orElseThrow());
        }
    }

    @Test
    @DisplayName(
            "A file cut at any byte of acknowledged records is refused, naming the byte; it is never silently shorter")
    void cutAcknowledged() throws IOException {
        long end = ends.get(TXNS);
        for (long cut = ends.get(TXNS - 2); cut < end; cut++) {
            Path copy = copy("cut");
            truncate(copy, cut);
            DamagedLedgerException damage = assertThrows(DamagedLedgerException.class, () -> open(copy));
            long lastWhole = cut < ends.get(TXNS - 1) ? ends.get(TXNS - 2) : ends.get(TXNS - 1);
            assertEquals(lastWhole, damage.offset());
            assertTrue(String.valueOf(damage.getMessage()).contains("up to byte " + end));
            assertEquals(cut, Files.size(copy.resolve("ledger.log")), "a refused file is left as it was");
        }
    }

    @Test
    @DisplayName("A file cut at any byte of records that were never acknowledged is recovered to the last whole record")
    void cutUnacknowledged() throws IOException {
        long promised = ends.get(TXNS - 2);
        for (long cut = promised; cut <= ends.get(TXNS); cut++) {
            Path copy = copy("torn");
            rewindAcknowledged(copy, promised);
            truncate(copy, cut);
            int whole = cut < ends.get(TXNS - 1) ? TXNS - 2 : cut < ends.get(TXNS) ? TXNS - 1 : TXNS;
            try (LedgerStore store = LedgerStore.open(copy, (ledger, txn) -> {})) {
                assertEquals(whole, store.size(LedgerId.DOMAIN), "cut at " + cut);
                // The next one takes the place of what was cut off.
                store.append(List.of(SampleTxns.entry(whole + 1)));
            }
            try (LedgerStore store = LedgerStore.open(copy, (ledger, txn) -> {})) {
                assertEquals(whole + 1, store.size(LedgerId.DOMAIN));
            }
        }
    }

    @Test
    @DisplayName("One flipped bit anywhere in the log is refused, naming the byte at which the damaged record starts")
    void flippedBit() throws IOException {
        byte[] log = Files.readAllBytes(original.resolve("ledger.log"));
        Path copy = copy("flipped");
        for (int bit = 0; bit < log.length * 8; bit += 7) {
            byte[] damaged = log.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(copy.resolve("ledger.log"), damaged);
            int at = bit / 8;
            DamagedLedgerException damage = assertThrows(DamagedLedgerException.class, () -> open(copy), "bit " + bit);
            long start =
                    ends.stream().filter(end -> end <= at).max(Long::compare).orElse(0L);
            assertEquals(start, damage.offset(), "bit " + bit);
        }
    }

    @Test
    @DisplayName("A whole record that is taken out of the middle is missed")
    void recordTakenOut() throws IOException {
        byte[] log = Files.readAllBytes(original.resolve("ledger.log"));
        int from = Math.toIntExact(ends.get(2));
        int to = Math.toIntExact(ends.get(3));
        byte[] shorter = new byte[log.length - (to - from)];
        System.arraycopy(log, 0, shorter, 0, from);
        System.arraycopy(log, to, shorter, from, log.length - to);
        Path copy = copy("out");
        Files.write(copy.resolve("ledger.log"), shorter);
        assertEquals(
                from,
                assertThrows(DamagedLedgerException.class, () -> open(copy)).offset());
    }

    @Test
    @DisplayName("Without the record of what was acknowledged, a whole log opens and a torn one is refused")
    void markMissing() throws IOException {
        Path copy = copy("unmarked");
        Files.delete(copy.resolve("ledger.acknowledged"));
        open(copy);
        Files.delete(copy.resolve("ledger.acknowledged"));
        truncate(copy, ends.get(TXNS) - 1);
        assertThrows(DamagedLedgerException.class, () -> open(copy));
    }

    @Test
    @DisplayName("Everything beside the log can be lost, torn or full of rubbish: it is computed again")
    void derivedFilesLost() throws IOException {
        String root;
        try (LedgerStore store = LedgerStore.open(original, (ledger, txn) -> {})) {
            root = city.elicence.node.keys.Base58.encode(
                    store.tree(LedgerId.DOMAIN).root(TXNS));
        }
        Path copy = copy("derived");
        Files.writeString(copy.resolve("domain.merkle"), "rubbish");
        Files.writeString(copy.resolve("domain.offsets"), "more rubbish than there are cells");
        try (LedgerStore store = LedgerStore.open(copy, (ledger, txn) -> {})) {
            assertEquals(
                    root,
                    city.elicence.node.keys.Base58.encode(
                            store.tree(LedgerId.DOMAIN).root(TXNS)));
            assertEquals(5, store.read(LedgerId.DOMAIN, 5).orElseThrow().seqNo());
        }
    }

    private static void open(Path folder) throws IOException {
        LedgerStore.open(folder, (ledger, txn) -> {}).close();
    }

    private Path copy(String name) throws IOException {
        Path copy = temp.resolve(name);
        Files.createDirectories(copy);
        for (String file : new String[] {"ledger.log", "ledger.acknowledged"}) {
            Files.copy(original.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static void truncate(Path folder, long size) throws IOException {
        try (Storage log = Storage.open(folder.resolve("ledger.log"))) {
            log.truncate(size);
        }
    }

    private static void rewindAcknowledged(Path folder, long promised) throws IOException {
        Files.delete(folder.resolve("ledger.acknowledged"));
        try (Storage marks = Storage.open(folder.resolve("ledger.acknowledged"))) {
            Acknowledged.open(marks).record(promised);
        }
    }
}
