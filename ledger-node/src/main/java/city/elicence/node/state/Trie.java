package city.elicence.node.state;

import city.elicence.node.state.TrieNode.Branch;
import city.elicence.node.state.TrieNode.Extension;
import city.elicence.node.state.TrieNode.Leaf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated map from keys to texts: the Merkle-Patricia trie of Indy's state (hex-prefix paths, RLP, SHA3-256). Immutable: a
 * change gives a new trie that shares all unchanged nodes, so readers keep theirs while writers go on.
 */
public final class Trie {
    private static final byte[] BLANK = Rlp.string(new byte[0]);
    private static final byte[] BLANK_ROOT = TrieNode.sha3(BLANK);
    private static final Trie EMPTY = new Trie(null);

    private final @Nullable TrieNode root;

    private Trie(@Nullable TrieNode root) {
        this.root = root;
    }

    public static Trie empty() {
        return EMPTY;
    }

    static Trie of(@Nullable TrieNode root) {
        return root == null ? EMPTY : new Trie(root);
    }

    @Nullable
    TrieNode root() {
        return root;
    }

    public byte[] rootHash() {
        if (root == null) {
            return BLANK_ROOT.clone();
        }
        byte[] reference = root.reference();
        return reference.length == TrieNode.HASH_BYTES ? reference.clone() : TrieNode.sha3(reference);
    }

    public Optional<String> get(byte[] key) {
        byte[] value = find(key, new ArrayList<>());
        return value == null
                ? Optional.empty()
                : Optional.of(new String(Rlp.onlyString(value), StandardCharsets.UTF_8));
    }

    /**
     * The nodes that show what the key's value is, or that it has none: an RLP list of the nodes from the root down. Checked by
     * following the path from the root hash.
     */
    public byte[] proof(byte[] key) {
        List<byte[]> path = new ArrayList<>();
        if (root == null) {
            path.add(BLANK);
        } else {
            find(key, path);
        }
        return Rlp.list(path);
    }

    public Trie with(byte[] key, String value) {
        byte[] encoded = Rlp.list(List.of(Rlp.string(value.getBytes(StandardCharsets.UTF_8))));
        return new Trie(inserted(root, Nibbles.of(key), 0, encoded));
    }

    public Trie without(byte[] key) {
        return of(root == null ? null : removed(root, Nibbles.of(key), 0));
    }

    private byte @Nullable [] find(byte[] key, List<byte[]> path) {
        byte[] nibbles = Nibbles.of(key);
        int at = 0;
        TrieNode next = root;
        while (next != null) {
            TrieNode node = next.loaded();
            // A node shorter than a hash is written inside its parent and needs no place of its own.
            if (path.isEmpty() || node.reference().length == TrieNode.HASH_BYTES) {
                path.add(node.rlp());
            }
            switch (node) {
                case Leaf leaf -> {
                    return Arrays.equals(leaf.path, 0, leaf.path.length, nibbles, at, nibbles.length)
                            ? leaf.value
                            : null;
                }
                case Extension extension -> {
                    if (Nibbles.commonPrefix(extension.path, nibbles, at) < extension.path.length) {
                        return null;
                    }
                    at += extension.path.length;
                    next = extension.child;
                }
                case Branch branch -> {
                    if (at == nibbles.length) {
                        return branch.value;
                    }
                    next = branch.children[nibbles[at++]];
                }
                case TrieNode.Stored stored -> throw new IllegalStateException("a loaded node is in memory");
            }
        }
        return null;
    }

    private static TrieNode inserted(@Nullable TrieNode at, byte[] key, int from, byte[] value) {
        if (at == null) {
            return new Leaf(Nibbles.from(key, from), value);
        }
        return switch (at.loaded()) {
            case Leaf leaf -> {
                int shared = Nibbles.commonPrefix(leaf.path, key, from);
                if (shared == leaf.path.length && from + shared == key.length) {
                    yield new Leaf(leaf.path, value);
                }
                Branch fork = placed(emptyBranch(), leaf.path, shared, leaf.value);
                yield prefixed(leaf.path, shared, placed(fork, key, from + shared, value));
            }
            case Extension extension -> {
                int shared = Nibbles.commonPrefix(extension.path, key, from);
                if (shared == extension.path.length) {
                    yield new Extension(extension.path, inserted(extension.child, key, from + shared, value));
                }
                byte[] below = Nibbles.from(extension.path, shared + 1);
                TrieNode child = below.length == 0 ? extension.child : new Extension(below, extension.child);
                Branch fork = emptyBranch().with(extension.path[shared], child);
                yield prefixed(extension.path, shared, placed(fork, key, from + shared, value));
            }
            case Branch branch ->
                from == key.length
                        ? branch.with(value)
                        : branch.with(key[from], inserted(branch.children[key[from]], key, from + 1, value));
            case TrieNode.Stored stored -> throw new IllegalStateException("a loaded node is in memory");
        };
    }

    private static @Nullable TrieNode removed(TrieNode at, byte[] key, int from) {
        return switch (at.loaded()) {
            case Leaf leaf -> Arrays.equals(leaf.path, 0, leaf.path.length, key, from, key.length) ? null : leaf;
            case Extension extension -> {
                if (Nibbles.commonPrefix(extension.path, key, from) < extension.path.length) {
                    yield extension;
                }
                TrieNode child = removed(extension.child, key, from + extension.path.length);
                yield child == null ? null : joined(extension.path, child);
            }
            case Branch branch -> {
                if (from == key.length) {
                    yield shortened(branch.with((byte[]) null));
                }
                TrieNode child = branch.children[key[from]];
                yield child == null ? branch : shortened(branch.with(key[from], removed(child, key, from + 1)));
            }
            case TrieNode.Stored stored -> throw new IllegalStateException("a loaded node is in memory");
        };
    }

    /** A branch that forks no more becomes what is left of it: the same keys must always give the same root. */
    private static @Nullable TrieNode shortened(Branch branch) {
        int only = -1;
        for (int i = 0; i < Branch.WIDTH; i++) {
            if (branch.children[i] != null) {
                if (only >= 0 || branch.value != null) {
                    return branch;
                }
                only = i;
            }
        }
        TrieNode child = only < 0 ? null : branch.children[only];
        if (child != null) {
            return joined(new byte[] {(byte) only}, child);
        }
        return branch.value == null ? null : new Leaf(new byte[0], branch.value);
    }

    private static TrieNode joined(byte[] path, TrieNode child) {
        return switch (child.loaded()) {
            case Leaf leaf -> new Leaf(concatenated(path, leaf.path), leaf.value);
            case Extension extension -> new Extension(concatenated(path, extension.path), extension.child);
            case Branch branch -> new Extension(path, child);
            case TrieNode.Stored stored -> throw new IllegalStateException("a loaded node is in memory");
        };
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Branch emptyBranch() {
        return new Branch(new @Nullable TrieNode[Branch.WIDTH], null);
    }

    private static Branch placed(Branch branch, byte[] key, int from, byte[] value) {
        return from == key.length
                ? branch.with(value)
                : branch.with(key[from], new Leaf(Nibbles.from(key, from + 1), value));
    }

    private static TrieNode prefixed(byte[] path, int length, Branch branch) {
        return length == 0 ? branch : new Extension(Arrays.copyOf(path, length), branch);
    }
}
