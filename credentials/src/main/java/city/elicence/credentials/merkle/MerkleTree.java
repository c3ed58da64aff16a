package city.elicence.credentials.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * An append-only Merkle tree (RFC 9162 §2.1). It keeps the hash of every complete subtree, level by level, so that an
 * append costs one hash on average and a root or proof of any size, past ones included, a few dozen. Not thread-safe.
 */
public final class MerkleTree {
    /** Level k holds the hashes of the complete subtrees of 2^k leaves, from the left. */
    private final List<List<MerkleHash>> levels = new ArrayList<>();

    /** An empty tree. */
    public MerkleTree() {
        levels.add(new ArrayList<>());
    }

    /** The tree with these leaves, as {@link MerkleHash#ofLeaf} made them, in order. */
    public static MerkleTree ofLeafHashes(Iterable<MerkleHash> leafHashes) {
        MerkleTree tree = new MerkleTree();
        for (MerkleHash leafHash : leafHashes) {
            tree.appendLeafHash(leafHash);
        }
        return tree;
    }

    /** How many leaves there are. */
    public long size() {
        return levels.get(0).size();
    }

    /** Appends an entry and returns its index. */
    public long append(LogEntry entry) {
        return appendLeafHash(entry.leafHash());
    }

    /** Appends a leaf that was hashed already and returns its index. */
    public long appendLeafHash(MerkleHash leafHash) {
        long index = size();
        levels.get(0).add(leafHash);
        for (int k = 0; levels.get(k).size() % 2 == 0; k++) {
            List<MerkleHash> level = levels.get(k);
            if (levels.size() == k + 1) {
                levels.add(new ArrayList<>());
            }
            levels.get(k + 1).add(MerkleHash.ofNode(level.get(level.size() - 2), level.get(level.size() - 1)));
        }
        return index;
    }

    /** The hash of the leaf at an index. */
    public MerkleHash leafHash(long index) {
        check(0 <= index && index < size(), "leaf index", index);
        return levels.get(0).get((int) index);
    }

    /** The root now. */
    public MerkleHash root() {
        return root(size());
    }

    /** RFC 9162 §2.1.1: MTH(D[size]), the root when the tree had that many leaves. */
    public MerkleHash root(long size) {
        check(0 <= size && size <= size(), "tree size", size);
        return size == 0 ? MerkleHash.emptyRoot() : hash(0, size);
    }

    /** RFC 9162 §2.1.3.1: PATH(index, D[size]), from the leaf's sibling upwards. */
    public List<MerkleHash> inclusionProof(long index, long size) {
        check(1 <= size && size <= size(), "tree size", size);
        check(0 <= index && index < size, "leaf index", index);
        List<MerkleHash> fromTheTop = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                fromTheTop.add(hash(middle, end));
                end = middle;
            } else {
                fromTheTop.add(hash(begin, middle));
                begin = middle;
            }
        }
        return reversed(fromTheTop);
    }

    /** RFC 9162 §2.1.4.1: PROOF(first, D[second]); empty when the sizes are equal. */
    public List<MerkleHash> consistencyProof(long first, long second) {
        check(1 <= second && second <= size(), "second tree size", second);
        check(1 <= first && first <= second, "first tree size", first);
        List<MerkleHash> fromTheTop = new ArrayList<>();
        long begin = 0;
        long end = second;
        // SUBPROOF(m, D, b): b is true while the old tree's own left edge has not been left.
        while (first < end) {
            long middle = begin + split(end - begin);
            if (first <= middle) {
                fromTheTop.add(hash(middle, end));
                end = middle;
            } else {
                fromTheTop.add(hash(begin, middle));
                begin = middle;
            }
        }
        if (begin > 0) {
            fromTheTop.add(hash(begin, end));
        }
        return reversed(fromTheTop);
    }

    /** The hash of the leaves from begin to end; begin is a multiple of the largest power of two that fits. */
    private MerkleHash hash(long begin, long end) {
        long count = end - begin;
        if (Long.bitCount(count) == 1) {
            int k = Long.numberOfTrailingZeros(count);
            return levels.get(k).get((int) (begin >> k));
        }
        long middle = begin + split(count);
        return MerkleHash.ofNode(hash(begin, middle), hash(middle, end));
    }

    /** The largest power of two smaller than count, which is over one. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    private static List<MerkleHash> reversed(List<MerkleHash> hashes) {
        List<MerkleHash> result = new ArrayList<>(hashes.size());
        for (int i = hashes.size() - 1; i >= 0; i--) {
            result.add(hashes.get(i));
        }
        return List.copyOf(result);
    }

    private void check(boolean holds, String what, long found) {
        if (!holds) {
            throw new IllegalArgumentException(what + " " + found + " is outside a tree of " + size() + " leaves");
        }
    }
}
