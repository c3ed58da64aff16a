package city.elicence.node.ledger;

import city.elicence.node.keys.Hashes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of one ledger (RFC 6962 §2.1), its full subtrees on a tape in the order in which they were completed. From it come
 * the root of any earlier size, and the proofs between any two.
 */
public final class MerkleTape implements Closeable {
    private static final int HASH_BYTES = 32;

    private final Tape tape;
    private volatile long size;

    private MerkleTape(Tape tape, long size) {
        this.tape = tape;
        this.size = size;
    }

    static MerkleTape open(Storage storage, long size) throws IOException {
        return new MerkleTape(new Tape(storage, HASH_BYTES, cellsBefore(size)), size);
    }

    public long size() {
        return size;
    }

    void append(List<byte[]> leaves) throws IOException {
        List<byte[]> added = new ArrayList<>(2 * leaves.size());
        long base = tape.count();
        long leaf = size;
        for (byte[] entry : leaves) {
            byte[] hash = leafHash(entry);
            added.add(hash);
            long index = leaf;
            for (int level = 0; (index & 1) == 1; level++, index >>= 1) {
                hash = nodeHash(recent(added, base, level, index - 1), hash);
                added.add(hash);
            }
            leaf++;
        }
        ByteBuffer cells = ByteBuffer.allocate(added.size() * HASH_BYTES);
        added.forEach(cells::put);
        tape.append(cells.flip());
        size = leaf;
    }

    private byte[] recent(List<byte[]> added, long base, int level, long index) throws IOException {
        long position = position(level, index);
        return position >= base ? added.get((int) (position - base)) : tape.cell(position);
    }

    /** The root of the tree when it had so many leaves. */
    public byte[] root(long atSize) throws IOException {
        return atSize == 0 ? Hashes.sha256(new byte[0]) : range(0, atSize);
    }

    /** RFC 6962 §2.1.1: the path from a leaf (from 0) to the root of the tree of that size. */
    public List<byte[]> inclusion(long leaf, long atSize) throws IOException {
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = atSize;
        while (to - from > 1) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (leaf < middle) {
                path.addFirst(range(middle, to));
                to = middle;
            } else {
                path.addFirst(range(from, middle));
                from = middle;
            }
        }
        return path;
    }

    /** RFC 6962 §2.1.2: that the tree of the smaller size is the start of the larger one. */
    public List<byte[]> consistency(long smaller, long larger) throws IOException {
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = larger;
        boolean whole = true;
        while (smaller != to) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (smaller <= middle) {
                path.addFirst(range(middle, to));
                to = middle;
            } else {
                path.addFirst(range(from, middle));
                from = middle;
                whole = false;
            }
        }
        if (!whole) {
            path.addFirst(range(from, to));
        }
        return path;
    }

    void force() throws IOException {
        tape.force();
    }

    @Override
    public void close() throws IOException {
        tape.close();
    }

    /** The hash of the leaves [from, to), where from is a multiple of the largest full subtree that fits. */
    private byte[] range(long from, long to) throws IOException {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return tape.cell(position(level, from >> level));
        }
        long middle = from + Long.highestOneBit(width);
        return nodeHash(range(from, middle), range(middle, to));
    }

    /** A full subtree is complete with its last leaf: behind everything before that leaf, the leaf itself and the smaller subtrees. */
    private static long position(int level, long index) {
        long lastLeaf = ((index + 1) << level) - 1;
        return cellsBefore(lastLeaf) + level;
    }

    private static long cellsBefore(long leaf) {
        return 2 * leaf - Long.bitCount(leaf);
    }

    public static byte[] leafHash(byte[] entry) {
        MessageDigest digest = Hashes.newSha256();
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    public static byte[] nodeHash(byte[] left, byte[] right) {
        MessageDigest digest = Hashes.newSha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
