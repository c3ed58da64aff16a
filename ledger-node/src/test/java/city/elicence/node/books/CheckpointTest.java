package city.elicence.node.books;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.node.keys.Base58;
import city.elicence.node.keys.Hashes;
import city.elicence.node.kind.WriteKinds;
import city.elicence.node.ledger.Forgery;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.state.Nym;
import city.elicence.node.state.State;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State that was put on disk: used when it belongs to the log, computed anew when it does not. */
final class CheckpointTest {
    private static final int TXNS = 300;

    @TempDir
    private Path folder;

    private final AtomicInteger applied = new AtomicInteger();

    @Test
    @DisplayName(
            "A start after a clean stop applies no transaction again, and leads to the same roots, answers and proofs")
    void resumed() throws IOException {
        byte[] root = write(1, TXNS);
        applied.set(0);
        try (Books books = open()) {
            assertEquals(0, applied.get());
            assertArrayEquals(root, books.committed().state().domain().rootHash());
            assertEquals(TXNS, books.committed().domainSize());
            assertEquals(
                    17,
                    books.store().findByPayload(digest(17)).orElseThrow().txn().seqNo());
            for (int i = 1; i <= TXNS; i++) {
                assertTrue(Nym.find(books.committed().state(), did(i)).isPresent());
            }
        }
    }

    @Test
    @DisplayName("What is written on top of a resumed state leads to the root that all transactions in one run lead to")
    void continued() throws IOException {
        for (int from = 1; from <= TXNS; from += 50) {
            write(from, from + 49);
        }
        byte[] pieces;
        try (Books books = open()) {
            pieces = books.committed().state().domain().rootHash();
        }
        Files.delete(folder.resolve("checkpoint"));
        applied.set(0);
        try (Books books = open()) {
            assertEquals(TXNS, applied.get());
            assertArrayEquals(pieces, books.committed().state().domain().rootHash());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "digests"})
    @DisplayName("A checkpoint that is lost or damaged costs a computation, and nothing else")
    void damaged(String file) throws IOException {
        byte[] root = write(1, TXNS);
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        bytes[bytes.length / 2] ^= 4;
        Files.write(folder.resolve(file), bytes);
        applied.set(0);
        try (Books books = open()) {
            assertEquals(TXNS, applied.get());
            assertArrayEquals(root, books.committed().state().domain().rootHash());
        }
    }

    @Test
    @DisplayName("A checkpoint of another log, of the same length and numbers, is not believed")
    void otherLog() throws IOException {
        byte[] root = write(1, TXNS);
        Forgery.changeVerkey(folder, 5, key(9_999));
        try (Books books = open()) {
            assertEquals(
                    key(9_999),
                    Nym.find(books.committed().state(), did(5))
                            .orElseThrow()
                            .verkey()
                            .orElseThrow());
            assertTrue(!Arrays.equals(root, books.committed().state().domain().rootHash()));
        }
    }

    private Books open() throws IOException {
        return Books.open(folder, WriteKinds.initialState(), (txn, state) -> {
            applied.incrementAndGet();
            return WriteKinds.applied(txn, state);
        });
    }

    /** Writes transactions in batches, and stops; the root at the end. */
    private byte[] write(int from, int to) throws IOException {
        try (Books books = open()) {
            State state = books.committed().state();
            List<LedgerStore.Entry> batch = new ArrayList<>();
            for (int i = from; i <= to; i++) {
                Txn txn = nym(i);
                state = WriteKinds.applied(txn, state);
                batch.add(new LedgerStore.Entry(LedgerId.DOMAIN, txn));
                if (batch.size() == 37 || i == to) {
                    books.commit(batch, state, i);
                    batch.clear();
                }
            }
            return books.committed().state().domain().rootHash();
        }
    }

    private static Txn nym(int number) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("type", "1");
        inner.put("data", Map.of("dest", did(number), "verkey", key(number)));
        inner.put("metadata", Map.of("from", did(1), "payloadDigest", digest(number)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ver", "1");
        tree.put("reqSignature", Map.of());
        tree.put("txn", inner);
        tree.put("txnMetadata", Map.of("seqNo", (long) number, "txnTime", (long) number));
        return new Txn(tree);
    }

    private static String digest(int number) {
        return Hashes.sha256Hex("digest " + number);
    }

    private static String key(int number) {
        return Base58.encode(Hashes.sha256("key " + number));
    }

    private static String did(int number) {
        return Base58.encode(Arrays.copyOf(Hashes.sha256("did " + number), 16));
    }
}
