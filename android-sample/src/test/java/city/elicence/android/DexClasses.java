package city.elicence.android;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The classes that an APK brings with it, by the class definitions of the Dalvik executable format. */
final class DexClasses {
    private static final int STRING_IDS = 0x3c;
    private static final int TYPE_IDS = 0x44;
    private static final int CLASS_DEFS = 0x60;
    private static final int CLASS_DEF_BYTES = 32;

    private DexClasses() {}

    /** Names with dots. */
    static Set<String> of(Path apk) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(apk.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().matches("classes\\d*\\.dex")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        read(in.readAllBytes(), names);
                    }
                }
            }
        }
        return names;
    }

    private static void read(byte[] bytes, Set<String> names) {
        ByteBuffer dex = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int strings = dex.getInt(STRING_IDS);
        int types = dex.getInt(TYPE_IDS);
        int count = dex.getInt(CLASS_DEFS);
        int definitions = dex.getInt(CLASS_DEFS + 4);
        for (int i = 0; i < count; i++) {
            int type = dex.getInt(definitions + i * CLASS_DEF_BYTES);
            int string = dex.getInt(types + 4 * type);
            names.add(text(bytes, dex.getInt(strings + 4 * string)));
        }
    }

    /** A length of at most five octets, then the descriptor, ended by a zero: {@code Lcity/elicence/Some;}. */
    private static String text(byte[] bytes, int offset) {
        int start = offset;
        while (bytes[start] < 0) {
            start++;
        }
        start++;
        int end = start;
        while (bytes[end] != 0) {
            end++;
        }
        String descriptor = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }
}
