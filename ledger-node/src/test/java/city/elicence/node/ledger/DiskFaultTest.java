package city.elicence.node.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that fail, and writes that fail after they succeeded. */
final class DiskFaultTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("A full disk: the batch is refused, nothing of it stays, and writing goes on when there is room again")
    void fullDisk() throws IOException {
        FailingStorage disk = disk();
        try (LedgerStore store = LedgerStore.open(folder, disk, (ledger, txn) -> {})) {
            store.append(List.of(SampleTxns.entry(1)));
            disk.full = true;
            assertThrows(
                    NotWrittenException.class, () -> store.append(List.of(SampleTxns.entry(2), SampleTxns.entry(3))));
            assertEquals(1, store.size(LedgerId.DOMAIN));
            disk.full = false;
            store.append(List.of(SampleTxns.entry(2)));
        }
        assertEquals(2, reopenedSize());
    }

    @Test
    @DisplayName(
            "Failed but persisted: a flush that fails after the bytes are on disk is taken back, and then truly not"
                    + " there")
    void takenBack() throws IOException {
        FailingStorage disk = disk();
        try (LedgerStore store = LedgerStore.open(folder, disk, (ledger, txn) -> {})) {
            store.append(List.of(SampleTxns.entry(1)));
            disk.forceFails = true;
            // Taking back needs a flush as well, which fails too: nobody knows.
            assertThrows(UnknownOutcomeException.class, () -> store.append(List.of(SampleTxns.entry(2))));
            disk.forceFails = false;
            assertThrows(NotWrittenException.class, () -> store.append(List.of(SampleTxns.entry(2))));
            assertEquals(1, store.size(LedgerId.DOMAIN));
        }
        assertEquals(1, reopenedSize());
    }

    @Test
    @DisplayName("Unknown outcome: what could not be taken back is found at the next start, and counts")
    void foundAtRestart() throws IOException {
        FailingStorage disk = disk();
        try (LedgerStore store = LedgerStore.open(folder, disk, (ledger, txn) -> {})) {
            store.append(List.of(SampleTxns.entry(1)));
            disk.forceFails = true;
            disk.truncateFails = true;
            assertThrows(UnknownOutcomeException.class, () -> store.append(List.of(SampleTxns.entry(2))));
            assertThrows(NotWrittenException.class, () -> store.append(List.of(SampleTxns.entry(3))));
            disk.forceFails = false;
        }
        assertEquals(2, reopenedSize());
    }

    private FailingStorage disk() throws IOException {
        return new FailingStorage(Storage.open(folder.resolve("ledger.log")));
    }

    private long reopenedSize() throws IOException {
        try (LedgerStore store = LedgerStore.open(folder, (ledger, txn) -> {})) {
            return store.size(LedgerId.DOMAIN);
        }
    }
}
