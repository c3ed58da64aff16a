package city.elicence.ledger.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The few functions of PKCS #11 that signing needs, called in the maker's library. CK_ULONG is 64 bits, as on every 64-bit Unix. */
@SuppressWarnings("restricted") // this is the file that calls the token's library
final class Cryptoki {
    private static final long OK = 0;
    private static final long ALREADY_INITIALIZED = 0x191;
    private static final long OS_LOCKING_OK = 2;
    private static final long SERIAL_READ_WRITE = 6;
    private static final long SERIAL = 4;
    private static final long USER = 1;
    private static final long ALREADY_LOGGED_IN = 0x100;
    private static final int LABEL_BYTES = 32;
    private static final int TOKEN_INFO_BYTES = 512;
    private static final int MAX_SLOTS = 64;
    private static final long EDDSA = 0x1057;
    private static final long EDWARDS_KEY_PAIR_GEN = 0x1055;
    private static final int SIGNATURE_BYTES = 64;

    /** Places in CK_FUNCTION_LIST, after the version (PKCS #11 2.40, 5.1). */
    private static final int INITIALIZE = 0;

    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final int OPEN_SESSION = 12;
    private static final int CLOSE_SESSION = 13;
    private static final int LOGIN = 18;
    private static final int GET_ATTRIBUTE_VALUE = 24;
    private static final int FIND_OBJECTS_INIT = 26;
    private static final int FIND_OBJECTS = 27;
    private static final int FIND_OBJECTS_FINAL = 28;
    private static final int SIGN_INIT = 42;
    private static final int SIGN = 43;
    private static final int GENERATE_KEY_PAIR = 59;

    private final MemorySegment functions;

    private Cryptoki(MemorySegment functions) {
        this.functions = functions;
    }

    /** Loads a module for the rest of the process's life, as PKCS #11 modules want it. */
    static Cryptoki load(Path module) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment getFunctionList = SymbolLookup.libraryLookup(module, Arena.global())
                    .find("C_GetFunctionList")
                    .orElseThrow(() -> new IOException(module + " is not a PKCS #11 module"));
            MemorySegment list = arena.allocate(ADDRESS);
            MethodHandle get =
                    Linker.nativeLinker().downcallHandle(getFunctionList, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            check("C_GetFunctionList", invoke(get, list));
            long places = ADDRESS.byteSize() * (GENERATE_KEY_PAIR + 2L);
            Cryptoki loaded = new Cryptoki(list.get(ADDRESS, 0).reinterpret(places));
            MemorySegment arguments = arena.allocate(6 * Long.BYTES);
            arguments.set(JAVA_LONG, 4 * Long.BYTES, OS_LOCKING_OK);
            long code = loaded.call(INITIALIZE, arguments);
            if (code != ALREADY_INITIALIZED) {
                check("C_Initialize", code);
            }
            return loaded;
        } catch (IllegalArgumentException e) {
            throw new IOException(module + " can not be loaded", e);
        }
    }

    /** The slot of the token with this label. */
    long slot(String label) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slots = arena.allocate(JAVA_LONG, MAX_SLOTS);
            MemorySegment count = arena.allocateFrom(JAVA_LONG, MAX_SLOTS);
            check("C_GetSlotList", call(GET_SLOT_LIST, (byte) 1, slots, count));
            for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
                long slot = slots.getAtIndex(JAVA_LONG, i);
                MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, Long.BYTES);
                check("C_GetTokenInfo", call(GET_TOKEN_INFO, slot, info));
                byte[] found = info.asSlice(0, LABEL_BYTES).toArray(JAVA_BYTE);
                if (new String(found, StandardCharsets.UTF_8).strip().equals(label)) {
                    return slot;
                }
            }
        }
        throw new IOException("there is no token " + label);
    }

    /** A session in which the user's keys can be used. */
    long session(long slot, byte[] pin, boolean toWrite) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(JAVA_LONG);
            long flags = toWrite ? SERIAL_READ_WRITE : SERIAL;
            check("C_OpenSession", call(OPEN_SESSION, slot, flags, MemorySegment.NULL, MemorySegment.NULL, handle));
            long session = handle.get(JAVA_LONG, 0);
            MemorySegment text = arena.allocateFrom(JAVA_BYTE, pin);
            long code = call(LOGIN, session, USER, text, (long) pin.length);
            text.fill((byte) 0);
            if (code != ALREADY_LOGGED_IN && code != OK) {
                closeSession(session);
                check("C_Login", code);
            }
            return session;
        }
    }

    void closeSession(long session) {
        call(CLOSE_SESSION, session);
    }

    /** The first object that has all of these attributes. */
    OptionalLong find(long session, Attributes wanted) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check("C_FindObjectsInit", call(FIND_OBJECTS_INIT, session, wanted.in(arena), (long) wanted.count()));
            MemorySegment object = arena.allocate(JAVA_LONG);
            MemorySegment count = arena.allocate(JAVA_LONG);
            long code = call(FIND_OBJECTS, session, object, 1L, count);
            call(FIND_OBJECTS_FINAL, session);
            check("C_FindObjects", code);
            return count.get(JAVA_LONG, 0) == 0 ? OptionalLong.empty() : OptionalLong.of(object.get(JAVA_LONG, 0));
        }
    }

    byte[] attribute(long session, long object, long type, int maxBytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(maxBytes);
            MemorySegment attribute = arena.allocate(3 * Long.BYTES, Long.BYTES);
            attribute.set(JAVA_LONG, 0, type);
            attribute.set(ADDRESS, Long.BYTES, value);
            attribute.set(JAVA_LONG, 2 * Long.BYTES, maxBytes);
            check("C_GetAttributeValue", call(GET_ATTRIBUTE_VALUE, session, object, attribute, 1L));
            return value.asSlice(0, attribute.get(JAVA_LONG, 2 * Long.BYTES)).toArray(JAVA_BYTE);
        }
    }

    byte[] sign(long session, long key, byte[] input) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check("C_SignInit", call(SIGN_INIT, session, mechanism(arena, EDDSA), key));
            MemorySegment signature = arena.allocate(SIGNATURE_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, SIGNATURE_BYTES);
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, input);
            check("C_Sign", call(SIGN, session, data, (long) input.length, signature, length));
            if (length.get(JAVA_LONG, 0) != SIGNATURE_BYTES) {
                throw new IOException("the token's signature is not one of Ed25519");
            }
            return signature.toArray(JAVA_BYTE);
        }
    }

    void generateEdwardsPair(long session, Attributes publicKey, Attributes privateKey) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    "C_GenerateKeyPair",
                    call(
                            GENERATE_KEY_PAIR,
                            session,
                            mechanism(arena, EDWARDS_KEY_PAIR_GEN),
                            publicKey.in(arena),
                            (long) publicKey.count(),
                            privateKey.in(arena),
                            (long) privateKey.count(),
                            arena.allocate(JAVA_LONG),
                            arena.allocate(JAVA_LONG)));
        }
    }

    private static MemorySegment mechanism(Arena arena, long type) {
        MemorySegment mechanism = arena.allocate(3 * Long.BYTES, Long.BYTES);
        mechanism.set(JAVA_LONG, 0, type);
        return mechanism;
    }

    /** Calls by place; what is passed says the types: handles and lengths are long, flags byte. */
    private long call(int place, Object... arguments) {
        MemoryLayout[] types = new MemoryLayout[arguments.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = switch (arguments[i]) {
                case Long number -> JAVA_LONG;
                case Byte flag -> JAVA_BYTE;
                default -> ADDRESS;
            };
        }
        MemorySegment function = functions.get(ADDRESS, ADDRESS.byteSize() * (place + 1L));
        return invoke(
                Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_LONG, types)), arguments);
    }

    private static long invoke(MethodHandle handle, Object... arguments) {
        try {
            return (long) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the token's library failed", e);
        }
    }

    private static void check(String function, long code) throws IOException {
        if (code != OK) {
            throw new IOException("the token refused %s: CKR 0x%X".formatted(function, code));
        }
    }
}
