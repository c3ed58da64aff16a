package city.elicence.node.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a proof as a client does, from the specification of RLP and hex-prefix paths; shares no code with the trie. */
final class ProofReader {
    private final Map<String, byte[]> nodes = new HashMap<>();

    ProofReader(byte[] proof) {
        for (byte[] node : items(proof)) {
            nodes.put(HexFormat.of().formatHex(TrieNode.sha3(node)), node);
        }
    }

    /** The value under the key; an exception when the proof does not lead from the root to an answer. */
    Optional<String> value(byte[] root, byte[] key) {
        StringBuilder path = new StringBuilder(HexFormat.of().formatHex(key));
        byte[] node = byHash(root);
        while (true) {
            if (node.length == 1 && (node[0] & 0xff) == 0x80) {
                return Optional.empty();
            }
            List<byte[]> items = items(node);
            byte[] next;
            if (items.size() == 17) {
                if (path.isEmpty()) {
                    byte[] value = string(items.get(16));
                    return value.length == 0 ? Optional.empty() : Optional.of(text(value));
                }
                next = items.get(Character.digit(path.charAt(0), 16));
                path.deleteCharAt(0);
                if (next.length == 1 && (next[0] & 0xff) == 0x80) {
                    return Optional.empty();
                }
            } else {
                String packed = HexFormat.of().formatHex(string(items.get(0)));
                int flags = Character.digit(packed.charAt(0), 16);
                String shared = packed.substring((flags & 1) == 1 ? 1 : 2);
                if (flags >= 2) {
                    return path.toString().equals(shared) ? Optional.of(text(string(items.get(1)))) : Optional.empty();
                }
                if (!path.toString().startsWith(shared)) {
                    return Optional.empty();
                }
                path.delete(0, shared.length());
                next = items.get(1);
            }
            node = (next[0] & 0xff) >= 0xc0 ? next : byHash(string(next));
        }
    }

    private byte[] byHash(byte[] hash) {
        byte[] node = nodes.get(HexFormat.of().formatHex(hash));
        if (node == null) {
            throw new IllegalStateException("the proof lacks a node");
        }
        return node;
    }

    private static String text(byte[] value) {
        return new String(string(items(value).get(0)), StandardCharsets.UTF_8);
    }

    private static byte[] string(byte[] item) {
        return (item[0] & 0xff) < 0x80 ? item : Arrays.copyOfRange(item, bodyStart(item, 0), item.length);
    }

    private static List<byte[]> items(byte[] list) {
        List<byte[]> items = new ArrayList<>();
        int at = bodyStart(list, 0);
        while (at < list.length) {
            int first = list[at] & 0xff;
            int end = first < 0x80 ? at + 1 : bodyStart(list, at) + bodyLength(list, at);
            if (end <= at || end > list.length) {
                throw new IllegalStateException("an item reaches beyond its list");
            }
            items.add(Arrays.copyOfRange(list, at, end));
            at = end;
        }
        return items;
    }

    private static int bodyStart(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int base = first < 0xc0 ? 0x80 : 0xc0;
        return first - base <= 55 ? at + 1 : at + 1 + first - base - 55;
    }

    private static int bodyLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int base = first < 0xc0 ? 0x80 : 0xc0;
        if (first - base <= 55) {
            return first - base;
        }
        int length = 0;
        for (int i = 1; i <= first - base - 55; i++) {
            length = length << 8 | (bytes[at + i] & 0xff);
        }
        return length;
    }
}
