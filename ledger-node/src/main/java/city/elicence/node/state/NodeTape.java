package city.elicence.node.state;

import city.elicence.node.ledger.Storage;
import city.elicence.node.state.TrieNode.Branch;
import city.elicence.node.state.TrieNode.Extension;
import city.elicence.node.state.TrieNode.Leaf;
import city.elicence.node.state.TrieNode.Stored;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the tries on disk, appended at each checkpoint, so that a start need not compute them again and memory need not hold
 * them all. Everything on it follows from the log; a node that is read is checked against the hash by which its parent names it.
 */
public final class NodeTape implements NodeSource, Closeable {
    private static final int CACHED_NODES = 200_000;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final byte LEAF = 'L';
    private static final byte EXTENSION = 'E';
    private static final byte BRANCH = 'B';

    private final Storage storage;
    private long length;
    private final List<byte[]> buffered = new ArrayList<>();
    private int bufferedBytes;
    /** Two generations: when the young one is full it becomes the old one, and what is not asked for again goes with that. */
    private volatile ConcurrentHashMap<Long, TrieNode> young = new ConcurrentHashMap<>();

    private volatile ConcurrentHashMap<Long, TrieNode> old = new ConcurrentHashMap<>();

    /** What is behind the length was never accounted for. */
    public NodeTape(Storage storage, long length) throws IOException {
        this.storage = storage;
        this.length = length;
        storage.truncate(length);
    }

    public long length() {
        return length;
    }

    /** The same state with all its nodes on this tape. The caller forces the tape before it relies on that. */
    public State stored(State state) throws IOException {
        State stored = new State(
                stored(state.pool()), stored(state.domain()), stored(state.config()), stored(state.history()));
        flush();
        return stored;
    }

    public void force() throws IOException {
        storage.force();
    }

    private Trie stored(Trie trie) throws IOException {
        @Nullable TrieNode root = trie.root();
        return root == null ? trie : Trie.of(store(root));
    }

    private Stored store(TrieNode node) throws IOException {
        if (node instanceof Stored already) {
            return already;
        }
        @Nullable Stored known = node.stored();
        if (known != null) {
            return known;
        }
        byte[] bytes = encoded(node);
        Stored place = new Stored(this, length, bytes.length, node.reference());
        buffered.add(bytes);
        bufferedBytes += bytes.length;
        length += bytes.length;
        node.storedAt(place);
        if (bufferedBytes > BUFFER_BYTES) {
            flush();
        }
        return place;
    }

    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(bufferedBytes);
        buffered.forEach(bytes::put);
        storage.write(bytes.flip(), length - bufferedBytes);
        buffered.clear();
        bufferedBytes = 0;
    }

    private byte[] encoded(TrieNode node) throws IOException {
        return switch (node) {
            case Leaf leaf -> {
                byte[] path = Nibbles.packed(leaf.path, true);
                yield ByteBuffer.allocate(3 + path.length + leaf.value.length)
                        .put(LEAF)
                        .putShort((short) path.length)
                        .put(path)
                        .put(leaf.value)
                        .array();
            }
            case Extension extension -> {
                byte[] path = Nibbles.packed(extension.path, false);
                byte[] child = reference(store(extension.child));
                yield ByteBuffer.allocate(3 + path.length + child.length)
                        .put(EXTENSION)
                        .putShort((short) path.length)
                        .put(path)
                        .put(child)
                        .array();
            }
            case Branch branch -> encoded(branch);
            case Stored stored -> throw new IllegalStateException("it is on the tape");
        };
    }

    private byte[] encoded(Branch branch) throws IOException {
        int present = 0;
        List<byte[]> children = new ArrayList<>();
        for (int i = 0; i < Branch.WIDTH; i++) {
            TrieNode child = branch.children[i];
            if (child != null) {
                present |= 1 << i;
                children.add(reference(store(child)));
            }
        }
        byte[] value = branch.value == null ? new byte[0] : branch.value;
        int size = 7
                + value.length
                + children.stream().mapToInt(child -> child.length).sum();
        ByteBuffer bytes =
                ByteBuffer.allocate(size).put(BRANCH).putShort((short) present).putInt(value.length);
        bytes.put(value);
        children.forEach(bytes::put);
        return bytes.array();
    }

    private static byte[] reference(Stored child) {
        byte[] reference = child.reference();
        return ByteBuffer.allocate(13 + reference.length)
                .putLong(child.offset)
                .putInt(child.length)
                .put((byte) reference.length)
                .put(reference)
                .array();
    }

    @Override
    public TrieNode load(Stored place) {
        @Nullable TrieNode known = young.get(place.offset);
        if (known == null) {
            known = old.get(place.offset);
            if (known == null) {
                known = read(place);
            }
            remember(place.offset, known);
        }
        return known;
    }

    private void remember(long offset, TrieNode node) {
        young.put(offset, node);
        if (young.size() > CACHED_NODES) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    private TrieNode read(Stored place) {
        ByteBuffer bytes = ByteBuffer.allocate(place.length);
        try {
            storage.read(bytes, place.offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TrieNode node = decoded(bytes.flip());
        if (!Arrays.equals(node.reference(), place.reference())) {
            throw new IllegalStateException("ledger/state.nodes is damaged at byte " + place.offset
                    + "; stop the node, delete ledger/checkpoint, and start it again: it computes the state anew");
        }
        node.storedAt(place);
        return node;
    }

    private TrieNode decoded(ByteBuffer bytes) {
        byte kind = bytes.get();
        if (kind == BRANCH) {
            int present = bytes.getShort();
            byte[] value = take(bytes, bytes.getInt());
            @Nullable TrieNode[] children = new @Nullable TrieNode[Branch.WIDTH];
            for (int i = 0; i < Branch.WIDTH; i++) {
                if ((present & 1 << i) != 0) {
                    children[i] = reference(bytes);
                }
            }
            return new Branch(children, value.length == 0 ? null : value);
        }
        byte[] path = Nibbles.unpacked(take(bytes, bytes.getShort()));
        return kind == LEAF ? new Leaf(path, take(bytes, bytes.remaining())) : new Extension(path, reference(bytes));
    }

    private Stored reference(ByteBuffer bytes) {
        long offset = bytes.getLong();
        int size = bytes.getInt();
        return new Stored(this, offset, size, take(bytes, bytes.get()));
    }

    private static byte[] take(ByteBuffer bytes, int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }

    /** Where a trie's root is on the tape, as text; empty for the blank trie. */
    public static String place(Trie trie) {
        @Nullable TrieNode root = trie.root();
        if (root == null) {
            return "";
        }
        Stored stored = (Stored) root;
        return stored.offset + ":" + stored.length + ":" + HexFormat.of().formatHex(stored.reference());
    }

    /** The trie whose root is at that place; nothing when the text is no place. */
    public Optional<Trie> trie(String place) {
        if (place.isEmpty()) {
            return Optional.of(Trie.empty());
        }
        String[] parts = place.split(":", -1);
        try {
            return Optional.of(Trie.of(new Stored(
                    this,
                    Long.parseLong(parts[0]),
                    Integer.parseInt(parts[1]),
                    HexFormat.of().parseHex(parts[2]))));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
