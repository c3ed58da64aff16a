package city.elicence.node.state;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Recursive length prefix, the encoding of trie nodes: byte strings and lists of encoded items. */
final class Rlp {
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;

    private Rlp() {}

    static byte[] string(byte[] bytes) {
        if (bytes.length == 1 && bytes[0] >= 0) {
            return bytes.clone();
        }
        return prefixed(STRING, bytes);
    }

    /** A list of items that are already encoded. */
    static byte[] list(List<byte[]> items) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (byte[] item : items) {
            payload.writeBytes(item);
        }
        return prefixed(LIST, payload.toByteArray());
    }

    /** The only string of a list of one: how a value is kept in the trie. */
    static byte[] onlyString(byte[] list) {
        int body = bodyStart(list, 0);
        int stringBody = bodyStart(list, body);
        byte[] string = new byte[list.length - stringBody];
        System.arraycopy(list, stringBody, string, 0, string.length);
        return string;
    }

    private static int bodyStart(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < STRING) {
            return at;
        }
        int base = first < LIST ? STRING : LIST;
        return first - base <= 55 ? at + 1 : at + 1 + first - base - 55;
    }

    private static byte[] prefixed(int base, byte[] payload) {
        if (payload.length <= 55) {
            byte[] encoded = new byte[payload.length + 1];
            encoded[0] = (byte) (base + payload.length);
            System.arraycopy(payload, 0, encoded, 1, payload.length);
            return encoded;
        }
        int lengthBytes = (32 - Integer.numberOfLeadingZeros(payload.length) + 7) / 8;
        byte[] encoded = new byte[1 + lengthBytes + payload.length];
        encoded[0] = (byte) (base + 55 + lengthBytes);
        for (int i = 0; i < lengthBytes; i++) {
            encoded[1 + i] = (byte) (payload.length >>> (8 * (lengthBytes - 1 - i)));
        }
        System.arraycopy(payload, 0, encoded, 1 + lengthBytes, payload.length);
        return encoded;
    }
}
