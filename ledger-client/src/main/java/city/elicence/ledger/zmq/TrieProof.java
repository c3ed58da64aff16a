package city.elicence.ledger.zmq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA3Digest;

/**
 * Nodes of the Merkle-Patricia trie that an Indy ledger keeps its state in (hex-prefix paths, RLP, SHA3-256). They prove what
 * stands under a key, or that nothing does, to one who knows the root.
 */
final class TrieProof {

    private static final int HASH_BYTES = 32;
    private static final int BRANCH_ITEMS = 17;
    private static final int LEAF_FLAG = 0x20;
    private static final int ODD_FLAG = 0x10;

    private final Map<String, Rlp> nodes = new HashMap<>();

    /** Nodes as an RLP list; anything else is an {@link IllegalArgumentException}. */
    TrieProof(byte[] encoded) {
        for (Rlp node : Rlp.read(encoded).items()) {
            nodes.put(hex(sha3(node.encoded())), node);
        }
    }

    /**
     * The text under a key.
     *
     * @throws IllegalArgumentException when the nodes prove neither that there is one nor that there is none
     */
    Optional<String> prove(byte[] root, byte[] key) {
        return follow(node(root), nibbles(key), 0).map(TrieProof::text);
    }

    private Optional<byte[]> follow(Rlp node, byte[] path, int at) {
        if (!node.isList()) {
            if (node.bytes().length == 0) {
                return Optional.empty();
            }
            throw new IllegalArgumentException("expected a node");
        }
        List<Rlp> items = node.items();
        if (items.size() == BRANCH_ITEMS) {
            if (at == path.length) {
                byte[] value = items.get(BRANCH_ITEMS - 1).bytes();
                return value.length == 0 ? Optional.empty() : Optional.of(value);
            }
            return follow(child(items.get(path[at])), path, at + 1);
        }
        if (items.size() != 2) {
            throw new IllegalArgumentException("expected a node of 2 or " + BRANCH_ITEMS + " items");
        }
        byte[] packed = items.getFirst().bytes();
        if (packed.length == 0) {
            throw new IllegalArgumentException("expected a path");
        }
        byte[] stretch = Arrays.copyOfRange(nibbles(packed), (packed[0] & ODD_FLAG) != 0 ? 1 : 2, 2 * packed.length);
        boolean matches = at + stretch.length <= path.length
                && Arrays.equals(stretch, 0, stretch.length, path, at, at + stretch.length);
        if ((packed[0] & LEAF_FLAG) != 0) {
            return matches && at + stretch.length == path.length
                    ? Optional.of(items.getLast().bytes())
                    : Optional.empty();
        }
        if (stretch.length == 0) {
            throw new IllegalArgumentException("expected a path that leads on");
        }
        return matches ? follow(child(items.getLast()), path, at + stretch.length) : Optional.empty();
    }

    /** A child stands in its parent when it is short, and else by its hash. */
    private Rlp child(Rlp reference) {
        return reference.isList() || reference.bytes().length != HASH_BYTES ? reference : node(reference.bytes());
    }

    private Rlp node(byte[] hash) {
        Rlp node = nodes.get(hex(hash));
        if (node == null) {
            throw new IllegalArgumentException("a node on the way is missing from the proof");
        }
        return node;
    }

    /** A value is kept as a list of one string. */
    private static String text(byte[] value) {
        List<Rlp> items = Rlp.read(value).items();
        if (items.size() != 1) {
            throw new IllegalArgumentException("expected a value");
        }
        return new String(items.getFirst().bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] nibbles(byte[] bytes) {
        byte[] nibbles = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            nibbles[2 * i] = (byte) ((bytes[i] >> 4) & 0xf);
            nibbles[2 * i + 1] = (byte) (bytes[i] & 0xf);
        }
        return nibbles;
    }

    private static byte[] sha3(byte[] input) {
        SHA3Digest digest = new SHA3Digest(256);
        digest.update(input, 0, input.length);
        byte[] hash = new byte[HASH_BYTES];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
