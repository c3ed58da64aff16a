package city.elicence.ledger.zmq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recursive length prefix, read: a string of bytes or a list of items, with the bytes that it was written in. */
final class Rlp {

    private static final int MAX_DEPTH = 16;

    private final byte[] encoded;
    private final byte[] content;
    private final boolean isList;
    private final List<Rlp> items;

    private Rlp(byte[] encoded, byte[] content, boolean isList, List<Rlp> items) {
        this.encoded = encoded;
        this.content = content;
        this.isList = isList;
        this.items = items;
    }

    /** Reads one item that is all of {@code bytes}; anything else is an {@link IllegalArgumentException}. */
    static Rlp read(byte[] bytes) {
        Rlp item = read(bytes, 0, 0);
        if (item.encoded.length != bytes.length) {
            throw new IllegalArgumentException("expected nothing after the item");
        }
        return item;
    }

    private static Rlp read(byte[] bytes, int at, int depth) {
        if (depth > MAX_DEPTH || at >= bytes.length) {
            throw new IllegalArgumentException("expected an item of at most " + MAX_DEPTH + " levels");
        }
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            byte[] one = {bytes[at]};
            return new Rlp(one, one, false, List.of());
        }
        boolean isList = first >= 0xc0;
        int shortLength = first - (isList ? 0xc0 : 0x80);
        int start = at + 1;
        long length = shortLength;
        if (shortLength > 55) {
            start += shortLength - 55;
            length = 0;
            for (int i = at + 1; i < start; i++) {
                if (i >= bytes.length || length > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException("expected a length");
                }
                length = length << 8 | (bytes[i] & 0xff);
            }
        }
        if (length > bytes.length - start) {
            throw new IllegalArgumentException("expected " + length + " bytes");
        }
        int end = start + (int) length;
        List<Rlp> items = new ArrayList<>();
        for (int next = start; isList && next < end; ) {
            Rlp item = read(bytes, next, depth + 1);
            items.add(item);
            next += item.encoded.length;
            if (next > end) {
                throw new IllegalArgumentException("expected a list that ends with its last item");
            }
        }
        return new Rlp(Arrays.copyOfRange(bytes, at, end), Arrays.copyOfRange(bytes, start, end), isList, items);
    }

    boolean isList() {
        return isList;
    }

    /** Items of a list. */
    List<Rlp> items() {
        return items;
    }

    /** Bytes of a string. */
    byte[] bytes() {
        if (isList) {
            throw new IllegalArgumentException("expected a string");
        }
        return content;
    }

    /** As it was written. */
    byte[] encoded() {
        return encoded;
    }
}
