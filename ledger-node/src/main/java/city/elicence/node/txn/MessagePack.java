package city.elicence.node.txn;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of MessagePack that Indy hashes and signs: a JSON tree, names sorted by their UTF-8 bytes at every level, each number and
 * text in its shortest form.
 */
public final class MessagePack {
    /** By code points, which is the order of UTF-8 bytes; a plain comparison of Java strings is not. */
    public static final Comparator<String> BY_CODE_POINTS = MessagePack::compareByCodePoints;

    private MessagePack() {}

    public static byte[] encode(@Nullable Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(out, tree);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, @Nullable Object value) {
        switch (value) {
            case null -> out.write(0xc0);
            case Boolean truth -> out.write(truth ? 0xc3 : 0xc2);
            case String text -> writeText(out, text);
            case Integer number -> writeLong(out, number);
            case Long number -> writeLong(out, number);
            case BigInteger number -> writeBig(out, number);
            case BigDecimal number -> writeReal(out, number.doubleValue());
            case Double number -> writeReal(out, number);
            case List<?> list -> {
                writeHead(out, list.size(), 0x90, 15, 0xdc);
                for (Object element : list) {
                    write(out, element);
                }
            }
            case Map<?, ?> map -> {
                writeHead(out, map.size(), 0x80, 15, 0xde);
                map.entrySet().stream()
                        .map(entry -> Map.entry((String) entry.getKey(), new Slot(entry.getValue())))
                        .sorted(Map.Entry.comparingByKey(BY_CODE_POINTS))
                        .forEach(entry -> {
                            writeText(out, entry.getKey());
                            write(out, entry.getValue().value());
                        });
            }
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private record Slot(@Nullable Object value) {}

    private static int compareByCodePoints(String one, String other) {
        int shared = Math.min(one.length(), other.length());
        for (int i = 0; i < shared; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 31 && utf8.length < 0x100) {
            out.write(0xd9);
            out.write(utf8.length);
        } else {
            writeHead(out, utf8.length, 0xa0, 31, 0xda);
        }
        out.writeBytes(utf8);
    }

    /** A length in the first byte when it fits, else in the two or four that follow the marker. */
    private static void writeHead(ByteArrayOutputStream out, int size, int small, int smallMax, int marker16) {
        if (size <= smallMax) {
            out.write(small | size);
        } else if (size <= 0xffff) {
            out.write(marker16);
            writeBytes(out, size, 2);
        } else {
            out.write(marker16 + 1);
            writeBytes(out, size, 4);
        }
    }

    private static void writeLong(ByteArrayOutputStream out, long number) {
        if (number >= 0) {
            if (number < 0x80) {
                out.write((int) number);
            } else {
                int bytes = number < 0x100 ? 1 : number < 0x10000 ? 2 : number < 0x100000000L ? 4 : 8;
                out.write(0xcc + Integer.numberOfTrailingZeros(bytes));
                writeBytes(out, number, bytes);
            }
        } else if (number >= -32) {
            out.write((int) number);
        } else {
            int bytes =
                    number >= Byte.MIN_VALUE ? 1 : number >= Short.MIN_VALUE ? 2 : number >= Integer.MIN_VALUE ? 4 : 8;
            out.write(0xd0 + Integer.numberOfTrailingZeros(bytes));
            writeBytes(out, number, bytes);
        }
    }

    private static void writeBig(ByteArrayOutputStream out, BigInteger number) {
        if (number.bitLength() <= 63) {
            writeLong(out, number.longValueExact());
        } else if (number.signum() > 0 && number.bitLength() == 64) {
            out.write(0xcf);
            writeBytes(out, number.longValue(), 8);
        } else {
            writeReal(out, number.doubleValue());
        }
    }

    private static void writeReal(ByteArrayOutputStream out, double number) {
        out.write(0xcb);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    }

    private static void writeBytes(ByteArrayOutputStream out, long number, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }
}
