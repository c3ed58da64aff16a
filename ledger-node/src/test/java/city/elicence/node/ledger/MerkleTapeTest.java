package city.elicence.node.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleProof;
import city.elicence.credentials.merkle.MerkleTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6962 §2.1, against the other implementation in this project. */
final class MerkleTapeTest {
    private static final int SIZE = 70;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("RFC 6962 §2.1: root of every size, inclusion of every leaf and consistency of every pair of sizes")
    void allProofs() throws IOException {
        MerkleTree reference = new MerkleTree();
        try (MerkleTape tape = MerkleTape.open(Storage.open(folder.resolve("tape")), 0)) {
            for (int leaf = 0; leaf < SIZE; leaf++) {
                byte[] entry = entry(leaf);
                tape.append(List.of(entry));
                reference.appendLeafHash(MerkleHash.ofLeaf(entry));
                assertArrayEquals(reference.root().octets(), tape.root(leaf + 1L));
            }
            for (int size = 1; size <= SIZE; size++) {
                MerkleHash root = MerkleHash.of(tape.root(size));
                assertArrayEquals(reference.root(size).octets(), tape.root(size));
                for (int leaf = 0; leaf < size; leaf++) {
                    assertTrue(MerkleProof.isIncluded(
                            MerkleHash.ofLeaf(entry(leaf)), leaf, size, hashes(tape.inclusion(leaf, size)), root));
                }
                for (int smaller = 1; smaller <= size; smaller++) {
                    MerkleHash smallerRoot = MerkleHash.of(tape.root(smaller));
                    assertTrue(MerkleProof.isConsistent(
                            smaller, smallerRoot, size, root, hashes(tape.consistency(smaller, size))));
                }
            }
        }
    }

    @Test
    @DisplayName("One append of many leaves gives the same tape as many appends of one")
    void batches() throws IOException {
        try (MerkleTape one = MerkleTape.open(Storage.open(folder.resolve("one")), 0);
                MerkleTape many = MerkleTape.open(Storage.open(folder.resolve("many")), 0)) {
            for (int leaf = 0; leaf < 37; leaf++) {
                one.append(List.of(entry(leaf)));
            }
            many.append(java.util.stream.IntStream.range(0, 5)
                    .mapToObj(MerkleTapeTest::entry)
                    .toList());
            many.append(java.util.stream.IntStream.range(5, 37)
                    .mapToObj(MerkleTapeTest::entry)
                    .toList());
            for (int size = 0; size <= 37; size++) {
                assertArrayEquals(one.root(size), many.root(size));
            }
        }
    }

    private static byte[] entry(int leaf) {
        return ("leaf " + leaf).getBytes(StandardCharsets.UTF_8);
    }

    private static List<MerkleHash> hashes(List<byte[]> path) {
        return path.stream().map(MerkleHash::of).toList();
    }
}
