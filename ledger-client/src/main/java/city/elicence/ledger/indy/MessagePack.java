package city.elicence.ledger.indy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON trees as MessagePack in the one form that Indy hashes and signs: names sorted, everything as short as it can be. */
public final class MessagePack {

    private static final int MAX_DEPTH = 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private MessagePack() {}

    /** The bytes of a tree. */
    public static byte[] of(Map<String, Object> tree) {
        MessagePack writer = new MessagePack();
        writer.value(tree, 0);
        return writer.out.toByteArray();
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a tree of at most " + MAX_DEPTH + " levels expected");
        }
        switch (value) {
            case null -> out.write(0xc0);
            case Boolean truth -> out.write(truth ? 0xc3 : 0xc2);
            case String text -> text(text);
            case Long number -> whole(number);
            case Integer number -> whole(number);
            case BigInteger number
            when number.signum() >= 0 && number.bitLength() <= Long.SIZE -> {
                out.write(0xcf);
                bytes(number.longValue(), Long.BYTES);
            }
            case Map<?, ?> map -> {
                length(map.size(), 0x80, 15, 0, 0xde);
                new TreeMap<>(map).forEach((name, member) -> {
                    text(String.valueOf(name));
                    value(member, depth + 1);
                });
            }
            case List<?> list -> {
                length(list.size(), 0x90, 15, 0, 0xdc);
                list.forEach(element -> value(element, depth + 1));
            }
            default -> throw new IllegalArgumentException("no form for " + value.getClass());
        }
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        length(utf8.length, 0xa0, 31, 0xd9, 0xda);
        out.writeBytes(utf8);
    }

    /** Length in the first byte when it fits, else in one byte (where {@code one} is a code), two or four. */
    private void length(int length, int fixed, int fixedMax, int one, int two) {
        if (length <= fixedMax) {
            out.write(fixed | length);
        } else if (one != 0 && length <= 0xff) {
            out.write(one);
            out.write(length);
        } else if (length <= 0xffff) {
            out.write(two);
            bytes(length, Short.BYTES);
        } else {
            out.write(two + 1);
            bytes(length, Integer.BYTES);
        }
    }

    private void whole(long number) {
        if (number >= 0) {
            positive(number);
        } else if (number >= -32) {
            out.write((int) number);
        } else {
            int size =
                    number >= Byte.MIN_VALUE ? 1 : number >= Short.MIN_VALUE ? 2 : number >= Integer.MIN_VALUE ? 4 : 8;
            out.write(0xd0 + Integer.numberOfTrailingZeros(size));
            bytes(number, size);
        }
    }

    private void positive(long number) {
        if (number <= 0x7f) {
            out.write((int) number);
            return;
        }
        int size = number <= 0xff ? 1 : number <= 0xffff ? 2 : number <= 0xffff_ffffL ? 4 : 8;
        out.write(0xcc + Integer.numberOfTrailingZeros(size));
        bytes(number, size);
    }

    private void bytes(long number, int size) {
        for (int i = size - 1; i >= 0; i--) {
            out.write((int) (number >>> (8 * i)));
        }
    }
}
