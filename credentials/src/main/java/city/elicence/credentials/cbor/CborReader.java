package city.elicence.credentials.cbor;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RFC 8949 §3 and appendix C: one data item from octets of a stranger. */
final class CborReader {
    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;

    private final byte[] octets;
    private int at;
    private int depth;

    CborReader(byte[] octets) {
        this.octets = octets;
    }

    @Nullable
    Object readAll() throws CborException {
        if (octets.length > Cbor.MAX_OCTETS) {
            throw new CborException("expected at most " + Cbor.MAX_OCTETS + " octets");
        }
        Object item = read();
        if (at != octets.length) {
            throw new CborException("expected nothing after the data item");
        }
        return item;
    }

    private @Nullable Object read() throws CborException {
        int initial = octet();
        int majorType = initial >> 5;
        int info = initial & 0x1f;
        if (majorType == 7) {
            return simple(info);
        }
        boolean indefinite = info == INDEFINITE;
        if (indefinite && (majorType < 2 || majorType == 6)) {
            throw new CborException("expected a length that is definite");
        }
        long argument = indefinite ? -1 : argument(info);
        return switch (majorType) {
            case 0 -> unsigned(argument);
            case 1 -> negative(argument);
            case 2 -> string(2, argument, indefinite);
            case 3 -> text(string(3, argument, indefinite));
            default -> nested(majorType, argument, indefinite);
        };
    }

    private Object nested(int majorType, long argument, boolean indefinite) throws CborException {
        if (++depth > Cbor.MAX_DEPTH) {
            throw new CborException("expected at most " + Cbor.MAX_DEPTH + " levels");
        }
        Object item = switch (majorType) {
            case 4 -> array(argument, indefinite);
            case 5 -> map(argument, indefinite);
            default -> tagged(argument);
        };
        depth--;
        return item;
    }

    private long argument(int info) throws CborException {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new CborException("expected no reserved length");
        }
        long value = 0;
        for (int i = 1 << (info - 24); i > 0; i--) {
            value = value << 8 | octet();
        }
        return value;
    }

    private static Object unsigned(long argument) {
        return argument >= 0 ? (Object) argument : new BigInteger(Long.toUnsignedString(argument));
    }

    private static Object negative(long argument) {
        return argument >= 0 ? (Object) ~argument : new BigInteger(Long.toUnsignedString(argument)).not();
    }

    private byte[] string(int majorType, long length, boolean indefinite) throws CborException {
        if (!indefinite) {
            return take(length);
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int initial = octet(); initial != BREAK; initial = octet()) {
            if (initial >> 5 != majorType || (initial & 0x1f) == INDEFINITE) {
                throw new CborException("expected chunks of the string's own kind, of definite length");
            }
            byte[] chunk = take(argument(initial & 0x1f));
            if (majorType == 3) {
                text(chunk);
            }
            chunks.write(chunk, 0, chunk.length);
        }
        return chunks.toByteArray();
    }

    private static String text(byte[] utf8) throws CborException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CborException("expected UTF-8 in a text string", e);
        }
    }

    private List<@Nullable Object> array(long length, boolean indefinite) throws CborException {
        List<@Nullable Object> array = new ArrayList<>();
        while (more(array.size(), length, indefinite)) {
            array.add(read());
        }
        return Collections.unmodifiableList(array);
    }

    private Map<Object, @Nullable Object> map(long length, boolean indefinite) throws CborException {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        Set<ByteBuffer> keys = new HashSet<>();
        while (more(keys.size(), length, indefinite)) {
            Object key = read();
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new CborException("expected text or an integer as a map's key");
            }
            if (!keys.add(ByteBuffer.wrap(Cbor.encode(key)))) {
                throw new CborException("expected each key of a map once");
            }
            map.put(key, read());
        }
        return Collections.unmodifiableMap(map);
    }

    private boolean more(int have, long length, boolean indefinite) throws CborException {
        if (!indefinite) {
            // Each element has an octet at least, so a length that lies ends where the octets do.
            return length < 0 ? fail() : have < length;
        }
        if (at < octets.length && (octets[at] & 0xff) == BREAK) {
            at++;
            return false;
        }
        return true;
    }

    private static boolean fail() throws CborException {
        throw new CborException("expected a length that the octets can hold");
    }

    private Object tagged(long tag) throws CborException {
        if (tag < 0) {
            throw new CborException("expected a tag below 2^63");
        }
        Object content = read();
        if ((tag == 2 || tag == 3) && content instanceof byte[] magnitude) {
            BigInteger big = new BigInteger(1, magnitude);
            return tag == 2 ? big : big.not();
        }
        return new Tagged(tag, content);
    }

    private @Nullable Object simple(int info) throws CborException {
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            case 22 -> null;
            case 24 -> wideSimple();
            case 25 -> HalfFloat.toDouble((int) argument(25));
            case 26 -> (double) Float.intBitsToFloat((int) argument(26));
            case 27 -> Double.longBitsToDouble(argument(27));
            case 28, 29, 30, INDEFINITE -> throw new CborException("expected a simple value or float");
            default -> new Cbor.Simple(info);
        };
    }

    private Cbor.Simple wideSimple() throws CborException {
        int value = octet();
        if (value < 32) {
            throw new CborException("expected a simple value below 32 in one octet");
        }
        return new Cbor.Simple(value);
    }

    private int octet() throws CborException {
        if (at >= octets.length) {
            throw new CborException("expected more octets");
        }
        return octets[at++] & 0xff;
    }

    private byte[] take(long length) throws CborException {
        if (length < 0 || length > octets.length - at) {
            throw new CborException("expected a string that ends within the octets");
        }
        at += (int) length;
        return Arrays.copyOfRange(octets, at - (int) length, at);
    }
}
