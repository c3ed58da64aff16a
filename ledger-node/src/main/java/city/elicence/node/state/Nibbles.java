package city.elicence.node.state;

import java.util.Arrays;

/** Half bytes: the steps of a path through the trie. */
final class Nibbles {
    private static final int LEAF = 0x20;
    private static final int ODD = 0x10;

    private Nibbles() {}

    static byte[] of(byte[] key) {
        byte[] nibbles = new byte[key.length * 2];
        for (int i = 0; i < key.length; i++) {
            nibbles[2 * i] = (byte) ((key[i] >> 4) & 0x0f);
            nibbles[2 * i + 1] = (byte) (key[i] & 0x0f);
        }
        return nibbles;
    }

    /** Hex-prefix encoding: two nibbles a byte, the first nibble telling leaf from extension and odd from even. */
    static byte[] packed(byte[] nibbles, boolean leaf) {
        int odd = nibbles.length & 1;
        byte[] packed = new byte[nibbles.length / 2 + 1];
        packed[0] = (byte) ((leaf ? LEAF : 0) | (odd == 1 ? ODD | nibbles[0] : 0));
        for (int i = odd; i < nibbles.length; i += 2) {
            packed[(i + 1) / 2 + (1 - odd)] = (byte) (nibbles[i] << 4 | nibbles[i + 1]);
        }
        return packed;
    }

    static boolean packedIsLeaf(byte[] packed) {
        return (packed[0] & LEAF) != 0;
    }

    static byte[] unpacked(byte[] packed) {
        byte[] all = of(packed);
        return Arrays.copyOfRange(all, (packed[0] & ODD) != 0 ? 1 : 2, all.length);
    }

    static int commonPrefix(byte[] path, byte[] key, int from) {
        int longest = Math.min(path.length, key.length - from);
        int mismatch = Arrays.mismatch(path, 0, longest, key, from, from + longest);
        return mismatch < 0 ? longest : mismatch;
    }

    static byte[] from(byte[] nibbles, int start) {
        return Arrays.copyOfRange(nibbles, start, nibbles.length);
    }
}
