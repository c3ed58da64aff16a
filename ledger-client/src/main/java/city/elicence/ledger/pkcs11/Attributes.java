package city.elicence.ledger.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A CK_ATTRIBUTE template. */
final class Attributes {
    static final long CLASS = 0x0;
    static final long TOKEN = 0x1;
    static final long PRIVATE = 0x2;
    static final long LABEL = 0x3;
    static final long KEY_TYPE = 0x100;
    static final long SENSITIVE = 0x103;
    static final long SIGN = 0x108;
    static final long VERIFY = 0x10A;
    static final long EXTRACTABLE = 0x162;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    private static final int BYTES = 3 * Long.BYTES;

    private final Map<Long, byte[]> values = new LinkedHashMap<>();

    Attributes with(long type, long number) {
        values.put(
                type,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(number)
                        .array());
        return this;
    }

    Attributes with(long type, boolean flag) {
        values.put(type, new byte[] {(byte) (flag ? 1 : 0)});
        return this;
    }

    Attributes with(long type, String text) {
        return with(type, text.getBytes(StandardCharsets.UTF_8));
    }

    Attributes with(long type, byte[] bytes) {
        values.put(type, bytes.clone());
        return this;
    }

    int count() {
        return values.size();
    }

    MemorySegment in(Arena arena) {
        MemorySegment template = arena.allocate((long) BYTES * values.size(), Long.BYTES);
        long at = 0;
        for (Map.Entry<Long, byte[]> value : values.entrySet()) {
            template.set(JAVA_LONG, at, value.getKey());
            template.set(ADDRESS, at + Long.BYTES, arena.allocateFrom(JAVA_BYTE, value.getValue()));
            template.set(JAVA_LONG, at + 2 * Long.BYTES, value.getValue().length);
            at += BYTES;
        }
        return template;
    }
}
