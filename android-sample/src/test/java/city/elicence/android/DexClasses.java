package city.elicence.android;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What an APK brings with it and what it calls, by the Dalvik executable format: class definitions, and the ids of all methods and
 * fields that the code names. Types are written as descriptors without {@code L} and {@code ;}, methods as {@code name(types)type},
 * fields as {@code name#type}.
 */
final class DexClasses {
    private static final int STRING_IDS = 0x3c;
    private static final int TYPE_IDS = 0x44;
    private static final int PROTO_IDS = 0x4c;
    private static final int FIELD_IDS = 0x50;
    private static final int METHOD_IDS = 0x58;
    private static final int CLASS_DEFS = 0x60;
    private static final int CLASS_DEF_BYTES = 32;
    private static final int NO_INDEX = -1;

    private final Map<String, Defined> defined = new HashMap<>();
    private final Set<Use> uses = new TreeSet<>();

    /** A class of the APK: what it extends and implements, and the members that it has itself. */
    record Defined(List<String> above, Set<String> members) {}

    /** A member that the code names, as a member of the type that it names it of. */
    record Use(String type, String member) implements Comparable<Use> {
        @Override
        public int compareTo(Use other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return type + ' ' + member;
        }
    }

    private DexClasses() {}

    static DexClasses in(Path apk) throws IOException {
        DexClasses all = new DexClasses();
        try (ZipFile zip = new ZipFile(apk.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().matches("classes\\d*\\.dex")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        new Reader(in.readAllBytes()).read(all);
                    }
                }
            }
        }
        return all;
    }

    /** Names of its classes, with dots. */
    static Set<String> of(Path apk) throws IOException {
        Set<String> names = new TreeSet<>();
        in(apk).defined.keySet().forEach(name -> names.add(name.replace('/', '.')));
        return names;
    }

    Map<String, Defined> defined() {
        return Collections.unmodifiableMap(defined);
    }

    Set<Use> uses() {
        return Collections.unmodifiableSet(uses);
    }

    private static final class Reader {
        private final byte[] bytes;
        private final ByteBuffer dex;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
            this.dex = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        void read(DexClasses into) {
            for (int i = 0; i < dex.getInt(METHOD_IDS); i++) {
                into.uses.add(new Use(name(type(holder(METHOD_IDS, i))), method(i)));
            }
            for (int i = 0; i < dex.getInt(FIELD_IDS); i++) {
                into.uses.add(new Use(name(type(holder(FIELD_IDS, i))), field(i)));
            }
            for (int i = 0; i < dex.getInt(CLASS_DEFS); i++) {
                int definition = dex.getInt(CLASS_DEFS + 4) + i * CLASS_DEF_BYTES;
                List<String> above = new ArrayList<>(types(dex.getInt(definition + 12)));
                if (dex.getInt(definition + 8) != NO_INDEX) {
                    above.add(type(dex.getInt(definition + 8)));
                }
                above.replaceAll(Reader::name);
                into.defined.put(
                        name(type(dex.getInt(definition))), new Defined(above, members(dex.getInt(definition + 24))));
            }
        }

        /** The members of a class's data: fields without their values, methods without their code. */
        private Set<String> members(int data) {
            Set<String> members = new HashSet<>();
            if (data == 0) {
                return members;
            }
            at = data;
            int[] counts = {number(), number(), number(), number()};
            for (int kind = 0; kind < counts.length; kind++) {
                int id = 0;
                for (int i = 0; i < counts[kind]; i++) {
                    id += number();
                    number();
                    if (kind >= 2) {
                        number();
                    }
                    int next = at;
                    members.add(kind < 2 ? field(id) : method(id));
                    at = next;
                }
            }
            return members;
        }

        private int id(int table, int index) {
            return dex.getInt(table + 4) + 8 * index;
        }

        private int holder(int table, int index) {
            return dex.getShort(id(table, index)) & 0xffff;
        }

        private String field(int index) {
            int id = id(FIELD_IDS, index);
            return string(dex.getInt(id + 4)) + '#' + type(dex.getShort(id + 2) & 0xffff);
        }

        private String method(int index) {
            int id = id(METHOD_IDS, index);
            int proto = dex.getInt(PROTO_IDS) + 12 * (dex.getShort(id + 2) & 0xffff);
            return string(dex.getInt(id + 4))
                    + '('
                    + String.join("", types(dex.getInt(proto + 8)))
                    + ')'
                    + type(dex.getInt(proto + 4));
        }

        private List<String> types(int offset) {
            List<String> types = new ArrayList<>();
            for (int i = 0; offset != 0 && i < dex.getInt(offset); i++) {
                types.add(type(dex.getShort(offset + 4 + 2 * i) & 0xffff));
            }
            return types;
        }

        private String type(int index) {
            return string(dex.getInt(dex.getInt(TYPE_IDS) + 4 * index));
        }

        private static String name(String descriptor) {
            return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
        }

        private String string(int index) {
            at = dex.getInt(dex.getInt(STRING_IDS) + 4 * index);
            number();
            int end = at;
            while (bytes[end] != 0) {
                end++;
            }
            return new String(bytes, at, end - at, StandardCharsets.UTF_8);
        }

        /** ULEB128. */
        private int number() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
