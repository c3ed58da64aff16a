package city.elicence.credentials.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final int LEAVES = 70;
    private final Random random = new Random(20261123);

    @Test
    @DisplayName("RFC 9162 §2.1.1: MTH({}) is SHA-256 of nothing, MTH({d(0)}) is SHA-256(0x00 || d(0))")
    void smallest() {
        assertEquals(
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
                new MerkleTree().root().toBase64Url());
        // The hash of an empty leaf, as RFC 6962 implementations have it: 6e340b9cffb37a989ca544e6bb780a2c78901d3f…
        MerkleTree one = MerkleTree.ofLeafHashes(List.of(MerkleHash.ofLeaf(new byte[0])));
        assertEquals("bjQLnP-zepicpUTmu3gKLHiQHT-zNzh2hRGjBhevoB0", one.root().toBase64Url());
    }

    @Test
    @DisplayName("RFC 9162 §2.1.1: roots of every size equal the recursive definition, and never change later")
    void roots() {
        List<MerkleHash> leaves = leaves();
        MerkleTree tree = new MerkleTree();
        for (int n = 0; n <= LEAVES; n++) {
            assertEquals(n == 0 ? MerkleHash.emptyRoot() : mth(leaves.subList(0, n)), tree.root());
            if (n < LEAVES) {
                assertEquals(n, tree.appendLeafHash(leaves.get(n)));
            }
        }
        for (int n = 1; n <= LEAVES; n++) {
            assertEquals(mth(leaves.subList(0, n)), tree.root(n));
        }
    }

    @Test
    @DisplayName(
            "RFC 9162 §2.1.3: every leaf of every size has a proof that holds, for that leaf, place, size and root only")
    void inclusion() {
        MerkleTree tree = MerkleTree.ofLeafHashes(leaves());
        for (int size = 1; size <= LEAVES; size++) {
            for (int index = 0; index < size; index++) {
                List<MerkleHash> path = tree.inclusionProof(index, size);
                MerkleHash leaf = tree.leafHash(index);
                MerkleHash root = tree.root(size);
                assertTrue(MerkleProof.isIncluded(leaf, index, size, path, root));
                assertFalse(MerkleProof.isIncluded(flipped(leaf), index, size, path, root));
                assertFalse(MerkleProof.isIncluded(leaf, index, size, path, flipped(root)));
                assertFalse(MerkleProof.isIncluded(leaf, index + 1, size, path, root));
                if (!path.isEmpty()) {
                    List<MerkleHash> wrong = new ArrayList<>(path);
                    int at = random.nextInt(path.size());
                    wrong.set(at, flipped(path.get(at)));
                    assertFalse(MerkleProof.isIncluded(leaf, index, size, wrong, root));
                    assertFalse(MerkleProof.isIncluded(leaf, index, size, path.subList(1, path.size()), root));
                }
            }
        }
    }

    @Test
    @DisplayName("RFC 9162 §2.1.4: every two sizes have a proof that holds, and not for a tree that was rewritten")
    void consistency() {
        MerkleTree tree = MerkleTree.ofLeafHashes(leaves());
        for (int second = 1; second <= LEAVES; second++) {
            for (int first = 1; first <= second; first++) {
                List<MerkleHash> path = tree.consistencyProof(first, second);
                MerkleHash before = tree.root(first);
                MerkleHash after = tree.root(second);
                assertTrue(MerkleProof.isConsistent(first, before, second, after, path));
                assertFalse(MerkleProof.isConsistent(first, flipped(before), second, after, path));
                assertFalse(MerkleProof.isConsistent(first, before, second, flipped(after), path));
                if (!path.isEmpty()) {
                    List<MerkleHash> wrong = new ArrayList<>(path);
                    int at = random.nextInt(path.size());
                    wrong.set(at, flipped(path.get(at)));
                    assertFalse(MerkleProof.isConsistent(first, before, second, after, wrong));
                }
            }
        }
    }

    @Test
    @DisplayName("A tree refuses an index or size that it does not have")
    void range() {
        MerkleTree tree = MerkleTree.ofLeafHashes(leaves());
        assertThrows(IllegalArgumentException.class, () -> tree.root(LEAVES + 1));
        assertThrows(IllegalArgumentException.class, () -> tree.inclusionProof(5, 5));
        assertThrows(IllegalArgumentException.class, () -> tree.inclusionProof(-1, 5));
        assertThrows(IllegalArgumentException.class, () -> tree.consistencyProof(0, 5));
        assertThrows(IllegalArgumentException.class, () -> tree.consistencyProof(6, 5));
    }

    private List<MerkleHash> leaves() {
        List<MerkleHash> leaves = new ArrayList<>();
        for (int i = 0; i < LEAVES; i++) {
            leaves.add(MerkleHash.ofLeaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    private MerkleHash flipped(MerkleHash hash) {
        byte[] octets = hash.octets();
        int bit = random.nextInt(256);
        octets[bit / 8] = (byte) (octets[bit / 8] ^ (1 << (bit % 8)));
        return MerkleHash.of(octets);
    }

    private static MerkleHash mth(List<MerkleHash> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return MerkleHash.ofNode(mth(leaves.subList(0, k)), mth(leaves.subList(k, leaves.size())));
    }
}
