package city.elicence.credentials.cbor;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RFC 8949 §4.2.1: shortest heads, definite lengths, maps sorted by their keys' octets, shortest floats. */
final class CborWriter {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] octets() {
        return out.toByteArray();
    }

    CborWriter write(@Nullable Object value) {
        if (value == null) {
            out.write(0xf6);
        } else if (value instanceof Boolean truth) {
            out.write(truth ? 0xf5 : 0xf4);
        } else if (value instanceof Long || value instanceof Integer) {
            writeInteger(((Number) value).longValue());
        } else if (value instanceof BigInteger big) {
            writeBig(big);
        } else if (value instanceof Double real) {
            writeFloat(real);
        } else if (value instanceof byte[] octets) {
            head(2, octets.length);
            out.write(octets, 0, octets.length);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            head(3, utf8.length);
            out.write(utf8, 0, utf8.length);
        } else if (value instanceof List<?> array) {
            head(4, array.size());
            for (Object element : array) {
                write(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (value instanceof Tagged tagged) {
            head(6, tagged.tag());
            write(tagged.content());
        } else if (value instanceof Cbor.Simple simple) {
            head(7, simple.value());
        } else {
            throw new IllegalArgumentException("not a CBOR value: " + value.getClass());
        }
        return this;
    }

    private void writeInteger(long value) {
        head(value < 0 ? 1 : 0, value < 0 ? ~value : value);
    }

    /** §3.4.3: tags 2 and 3 carry what does not fit 64 bits. */
    private void writeBig(BigInteger value) {
        BigInteger magnitude = value.signum() < 0 ? value.not() : value;
        if (magnitude.compareTo(TWO_64) < 0) {
            head(value.signum() < 0 ? 1 : 0, magnitude.longValue());
            return;
        }
        byte[] octets = magnitude.toByteArray();
        int from = octets[0] == 0 ? 1 : 0;
        head(6, value.signum() < 0 ? 3 : 2);
        head(2, octets.length - from);
        out.write(octets, from, octets.length - from);
    }

    private void writeMap(Map<?, ?> map) {
        List<byte[][]> entries = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            entries.add(new byte[][] {Cbor.encode(entry.getKey()), Cbor.encode(entry.getValue())});
        }
        entries.sort((a, b) -> compare(a[0], b[0]));
        head(5, entries.size());
        for (byte[][] entry : entries) {
            out.write(entry[0], 0, entry[0].length);
            out.write(entry[1], 0, entry[1].length);
        }
    }

    /** Bytewise lexicographic order (§4.2.1), by which a shorter prefix comes first. */
    private static int compare(byte[] a, byte[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return (a[i] & 0xff) - (b[i] & 0xff);
            }
        }
        return a.length - b.length;
    }

    private void writeFloat(double value) {
        if (Double.isNaN(value)) {
            fixed(0xf9, 0x7e00, 2);
        } else if (HalfFloat.toDouble(HalfFloat.ofDouble(value)) == value) {
            fixed(0xf9, HalfFloat.ofDouble(value), 2);
        } else if ((double) (float) value == value) {
            fixed(0xfa, Float.floatToIntBits((float) value), 4);
        } else {
            fixed(0xfb, Double.doubleToLongBits(value), 8);
        }
    }

    /** The argument is unsigned. */
    private void head(int majorType, long argument) {
        int high = majorType << 5;
        if (argument >= 0 && argument < 24) {
            out.write(high | (int) argument);
        } else if (argument >>> 8 == 0) {
            fixed(high | 24, argument, 1);
        } else if (argument >>> 16 == 0) {
            fixed(high | 25, argument, 2);
        } else if (argument >>> 32 == 0) {
            fixed(high | 26, argument, 4);
        } else {
            fixed(high | 27, argument, 8);
        }
    }

    private void fixed(int initial, long value, int length) {
        out.write(initial);
        for (int i = length - 1; i >= 0; i--) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
