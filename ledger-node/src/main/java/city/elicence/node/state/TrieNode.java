package city.elicence.node.state;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.jspecify.annotations.Nullable;

/**
 * A node of the trie. Nodes never change what they mean: a write makes new nodes along one path and shares the rest. What may
 * change is whether a child is held in memory or by its place on disk.
 */
abstract sealed class TrieNode {
    static final int HASH_BYTES = 32;
    private byte @Nullable [] reference;
    /** Where the node is on disk, once it has been written there. */
    private volatile @Nullable Stored stored;

    abstract byte[] rlp();

    /** How a parent names this node: its encoding when that is shorter than a hash, else the SHA3-256 of it. */
    byte[] reference() {
        byte[] known = reference;
        if (known == null) {
            byte[] encoded = rlp();
            known = encoded.length < HASH_BYTES ? encoded : sha3(encoded);
            reference = known;
        }
        return known;
    }

    /** The node itself: read from disk when it is there. */
    TrieNode loaded() {
        return this;
    }

    final @Nullable Stored stored() {
        return stored;
    }

    final void storedAt(Stored place) {
        stored = place;
    }

    static byte[] sha3(byte[] bytes) {
        SHA3Digest digest = new SHA3Digest(256);
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[HASH_BYTES];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static byte[] inParent(TrieNode child) {
        byte[] reference = child.reference();
        return reference.length < HASH_BYTES ? reference : Rlp.string(reference);
    }

    /** The end of a path, with the value. */
    static final class Leaf extends TrieNode {
        final byte[] path;
        final byte[] value;

        Leaf(byte[] path, byte[] value) {
            this.path = path;
            this.value = value;
        }

        @Override
        byte[] rlp() {
            return Rlp.list(List.of(Rlp.string(Nibbles.packed(path, true)), Rlp.string(value)));
        }
    }

    /** A stretch of path that all keys below share. */
    static final class Extension extends TrieNode {
        final byte[] path;
        volatile TrieNode child;

        Extension(byte[] path, TrieNode child) {
            this.path = path;
            this.child = child;
        }

        @Override
        byte[] rlp() {
            return Rlp.list(List.of(Rlp.string(Nibbles.packed(path, false)), inParent(child)));
        }
    }

    /** A fork: a child for each next nibble, and the value of the key that ends here. */
    static final class Branch extends TrieNode {
        static final int WIDTH = 16;
        private static final byte[] NOTHING = Rlp.string(new byte[0]);

        final @Nullable TrieNode[] children;
        final byte @Nullable [] value;

        Branch(@Nullable TrieNode[] children, byte @Nullable [] value) {
            this.children = children;
            this.value = value;
        }

        Branch with(int nibble, @Nullable TrieNode child) {
            @Nullable TrieNode[] changed = children.clone();
            changed[nibble] = child;
            return new Branch(changed, value);
        }

        Branch with(byte @Nullable [] newValue) {
            return new Branch(children, newValue);
        }

        @Override
        byte[] rlp() {
            List<byte[]> items = new ArrayList<>(WIDTH + 1);
            for (TrieNode child : children) {
                items.add(child == null ? NOTHING : inParent(child));
            }
            items.add(value == null ? NOTHING : Rlp.string(value));
            return Rlp.list(items);
        }
    }

    /** A node known by its reference and its place on disk. */
    static final class Stored extends TrieNode {
        private final NodeSource source;
        final long offset;
        final int length;
        private final byte[] reference;

        Stored(NodeSource source, long offset, int length, byte[] reference) {
            this.source = source;
            this.offset = offset;
            this.length = length;
            this.reference = reference;
        }

        @Override
        byte[] reference() {
            return reference;
        }

        @Override
        TrieNode loaded() {
            return source.load(this);
        }

        @Override
        byte[] rlp() {
            return loaded().rlp();
        }
    }
}
