package city.elicence.ledger.vdr;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bindings to libindy_vdr 0.4.2: all the native code of the project is behind this file. Handles are numbers, every function
 * returns an error code, text is UTF-8 ended by NUL.
 *
 * <p>Rules of the library that are kept here: a text it hands out is copied and then freed by its own function; submitting
 * consumes a request even when it fails; the text of an error is one global, so it is read at once, in the callback.
 * Futures are completed on the library's own thread, so whoever gets one must only wait for it, never run code on it.
 */
@SuppressWarnings("restricted") // this is the file that calls native code
final class IndyVdr {

    private static final Logger LOG = LoggerFactory.getLogger(IndyVdr.class);

    /** Absent whole numbers on the C side. */
    private static final int NONE = -1;

    /** Longest text taken from the library; a reply is some kilobytes. */
    private static final long MAX_TEXT_BYTES = 64L << 20;

    /** ByteBuffer of ffi_support, passed by value and copied by the library. */
    private static final StructLayout BYTE_BUFFER =
            MemoryLayout.structLayout(JAVA_LONG.withName("len"), ADDRESS.withName("data"));

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Map<Long, CompletableFuture<String>> WAITING = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_CALLBACK_ID = new AtomicLong();

    private static @Nullable IndyVdr loaded;

    private final SymbolLookup symbols;
    private final MethodHandle version;
    private final MethodHandle currentError;
    private final MethodHandle stringFree;
    private final MethodHandle setConfig;
    private final MethodHandle poolCreate;
    private final MethodHandle poolRefresh;
    private final MethodHandle poolStatus;
    private final MethodHandle poolSubmit;
    private final MethodHandle poolClose;
    private final MethodHandle requestFree;
    private final MethodHandle requestBody;
    private final MethodHandle requestSignatureInput;
    private final MethodHandle requestSetSignature;
    private final MethodHandle buildNym;
    private final MethodHandle buildGetNym;
    private final MethodHandle buildAttrib;
    private final MethodHandle buildGetAttrib;
    private final MethodHandle buildSchema;
    private final MethodHandle buildGetSchema;
    private final MethodHandle buildGetTxn;
    private final MethodHandle buildCustom;
    private final MemorySegment onDone;
    private final MemorySegment onAnswer;

    private IndyVdr(Path library) {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        version = LINKER.downcallHandle(symbols.findOrThrow("indy_vdr_version"), FunctionDescriptor.of(ADDRESS));
        stringFree =
                LINKER.downcallHandle(symbols.findOrThrow("indy_vdr_string_free"), FunctionDescriptor.ofVoid(ADDRESS));
        currentError = function("get_current_error", ADDRESS);
        setConfig = function("set_config", ADDRESS);
        poolCreate = function("pool_create", ADDRESS, ADDRESS);
        poolRefresh = function("pool_refresh", JAVA_LONG, ADDRESS, JAVA_LONG);
        poolStatus = function("pool_get_status", JAVA_LONG, ADDRESS, JAVA_LONG);
        poolSubmit = function("pool_submit_request", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        poolClose = function("pool_close", JAVA_LONG);
        requestFree = function("request_free", JAVA_LONG);
        requestBody = function("request_get_body", JAVA_LONG, ADDRESS);
        requestSignatureInput = function("request_get_signature_input", JAVA_LONG, ADDRESS);
        requestSetSignature = function("request_set_signature", JAVA_LONG, BYTE_BUFFER);
        buildNym =
                function("build_nym_request", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        buildGetNym = function("build_get_nym_request", ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);
        buildAttrib = function("build_attrib_request", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        buildGetAttrib = function(
                "build_get_attrib_request", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);
        buildSchema = function("build_schema_request", ADDRESS, ADDRESS, ADDRESS);
        buildGetSchema = function("build_get_schema_request", ADDRESS, ADDRESS, ADDRESS);
        buildGetTxn = function("build_get_txn_request", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
        buildCustom = function("build_custom_request", ADDRESS, ADDRESS);
        onDone = callback("done", MethodType.methodType(void.class, long.class, long.class));
        onAnswer = callback("answer", MethodType.methodType(void.class, long.class, long.class, MemorySegment.class));
    }

    /** Loads the library at most once in the life of the process. */
    static synchronized IndyVdr load(Path library) {
        IndyVdr vdr = loaded;
        if (vdr == null) {
            vdr = new IndyVdr(library);
            loaded = vdr;
            LOG.info("libindy_vdr {} loaded", vdr.version());
        }
        return vdr;
    }

    String version() {
        return take(call(() -> (MemorySegment) version.invokeExact()));
    }

    /** Settings of every pool created from now on, as JSON. Global to the process. */
    void configure(String json) throws VdrException {
        try (Arena arena = Arena.ofConfined()) {
            check(call(() -> (long) setConfig.invokeExact(text(arena, json))));
        }
    }

    /** Makes a pool; nothing goes over the network yet. */
    long createPool(String parameters) throws VdrException {
        return build((arena, handle) -> (long) poolCreate.invokeExact(text(arena, parameters), handle));
    }

    /** Catches up with the pool's nodes. */
    CompletableFuture<String> refresh(long pool) {
        return start(id -> (long) poolRefresh.invokeExact(pool, onDone, id));
    }

    /** Root and size of the pool ledger and the nodes in it, as JSON. */
    CompletableFuture<String> status(long pool) {
        return start(id -> (long) poolStatus.invokeExact(pool, onAnswer, id));
    }

    /** Sends a request, which must not be used again or freed. */
    CompletableFuture<String> submit(long pool, long request) {
        return start(id -> (long) poolSubmit.invokeExact(pool, request, onAnswer, id));
    }

    /** Closes a pool. Joins its thread, so never call it from a future's completion. */
    void closePool(long pool) throws VdrException {
        check(call(() -> (long) poolClose.invokeExact(pool)));
    }

    /** Frees a request that was not submitted. */
    void free(long request) throws VdrException {
        check(call(() -> (long) requestFree.invokeExact(request)));
    }

    /** The request as JSON, with its signature if it has one. */
    String body(long request) throws VdrException {
        return out(pointer -> (long) requestBody.invokeExact(request, pointer));
    }

    /** The bytes to be signed. */
    byte[] signatureInput(long request) throws VdrException {
        return out(pointer -> (long) requestSignatureInput.invokeExact(request, pointer))
                .getBytes(StandardCharsets.UTF_8);
    }

    void setSignature(long request, byte[] signature) throws VdrException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BYTE_BUFFER);
            buffer.set(JAVA_LONG, 0, signature.length);
            buffer.set(ADDRESS, JAVA_LONG.byteSize(), arena.allocateFrom(JAVA_BYTE, signature));
            check(call(() -> (long) requestSetSignature.invokeExact(request, buffer)));
        }
    }

    long nym(String submitter, String dest, String verkey, @Nullable String role) throws VdrException {
        return nym(submitter, dest, verkey, role, null);
    }

    long document(String submitter, String dest, String content) throws VdrException {
        return nym(submitter, dest, null, null, content);
    }

    private long nym(
            String submitter, String dest, @Nullable String verkey, @Nullable String role, @Nullable String document)
            throws VdrException {
        return build((arena, handle) -> (long) buildNym.invokeExact(
                text(arena, submitter),
                text(arena, dest),
                text(arena, verkey),
                MemorySegment.NULL,
                text(arena, role),
                text(arena, document),
                NONE,
                handle));
    }

    long getNym(String dest) throws VdrException {
        return build((arena, handle) ->
                (long) buildGetNym.invokeExact(MemorySegment.NULL, text(arena, dest), NONE, (long) NONE, handle));
    }

    long attrib(String submitter, String dest, String raw) throws VdrException {
        return build((arena, handle) -> (long) buildAttrib.invokeExact(
                text(arena, submitter),
                text(arena, dest),
                MemorySegment.NULL,
                text(arena, raw),
                MemorySegment.NULL,
                handle));
    }

    /** Reads an attribute as it is now, or, when {@code seqNo} is not null, as it was after that transaction. */
    long getAttrib(String dest, String name, @Nullable Integer seqNo) throws VdrException {
        int at = seqNo == null ? NONE : seqNo;
        return build((arena, handle) -> (long) buildGetAttrib.invokeExact(
                MemorySegment.NULL,
                text(arena, dest),
                text(arena, name),
                MemorySegment.NULL,
                MemorySegment.NULL,
                at,
                (long) NONE,
                handle));
    }

    long schema(String submitter, String schema) throws VdrException {
        return build(
                (arena, handle) -> (long) buildSchema.invokeExact(text(arena, submitter), text(arena, schema), handle));
    }

    long getSchema(String schemaId) throws VdrException {
        return build((arena, handle) ->
                (long) buildGetSchema.invokeExact(MemorySegment.NULL, text(arena, schemaId), handle));
    }

    long getTxn(int ledger, int seqNo) throws VdrException {
        return build((arena, handle) -> (long) buildGetTxn.invokeExact(MemorySegment.NULL, ledger, seqNo, handle));
    }

    /** A request that was built and signed before, to be sent again as it was. */
    long custom(String body) throws VdrException {
        return build((arena, handle) -> (long) buildCustom.invokeExact(text(arena, body), handle));
    }

    /** Called by the library when a refresh ends. Nothing may be thrown out of it: that would end the process. */
    @SuppressWarnings("unused") // by name, as the target of an upcall
    private static void done(long callbackId, long error) {
        answer(callbackId, error, MemorySegment.NULL);
    }

    /** Called by the library with the answer to a request. Nothing may be thrown out of it: that would end the process. */
    private static void answer(long callbackId, long error, MemorySegment answer) {
        try {
            IndyVdr vdr = loaded;
            CompletableFuture<String> waiting = WAITING.remove(callbackId);
            if (vdr == null) {
                return;
            }
            String text = vdr.take(answer);
            if (waiting == null) {
                return; // whoever asked has stopped waiting
            }
            if (error == 0) {
                waiting.complete(text);
            } else {
                waiting.completeExceptionally(new VdrException(error, vdr.errorText()));
            }
        } catch (Throwable e) {
            LOG.error("a callback of libindy_vdr failed", e);
        }
    }

    private CompletableFuture<String> start(Starter call) {
        long id = LAST_CALLBACK_ID.incrementAndGet();
        CompletableFuture<String> future = new CompletableFuture<>();
        WAITING.put(id, future);
        long error = call(() -> call.start(id));
        if (error != 0) {
            WAITING.remove(id);
            future.completeExceptionally(new VdrException(error, errorText()));
        }
        return future;
    }

    private long build(Builder builder) throws VdrException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(JAVA_LONG);
            check(call(() -> builder.build(arena, handle)));
            return handle.get(JAVA_LONG, 0);
        }
    }

    private String out(Getter getter) throws VdrException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            check(call(() -> getter.get(pointer)));
            return take(pointer.get(ADDRESS, 0));
        }
    }

    private void check(long error) throws VdrException {
        if (error != 0) {
            throw new VdrException(error, errorText());
        }
    }

    private String errorText() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            long error = call(() -> (long) currentError.invokeExact(pointer));
            return error == 0 ? take(pointer.get(ADDRESS, 0)) : "";
        }
    }

    /** Copies a text that the library allocated, and frees it. */
    private String take(MemorySegment text) {
        if (text.equals(MemorySegment.NULL)) {
            return "";
        }
        String copy = text.reinterpret(MAX_TEXT_BYTES).getString(0);
        call(() -> {
            stringFree.invokeExact(text);
            return 0L;
        });
        return copy;
    }

    private static MemorySegment text(Arena arena, @Nullable String text) {
        if (text == null) {
            return MemorySegment.NULL;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text for libindy_vdr has no NUL");
        }
        return arena.allocateFrom(text);
    }

    private MethodHandle function(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                symbols.findOrThrow("indy_vdr_" + name), FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private static MemorySegment callback(String method, MethodType type) {
        try {
            MethodHandle target = MethodHandles.lookup().findStatic(IndyVdr.class, method, type);
            FunctionDescriptor descriptor = type.parameterCount() == 2
                    ? FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG)
                    : FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, ADDRESS);
            return LINKER.upcallStub(target, descriptor, Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a native call, whose handle declares Throwable but throws nothing. */
    private static <T> T call(Native<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Native<T> {
        T run() throws Throwable;
    }

    private interface Starter {
        long start(long callbackId) throws Throwable;
    }

    private interface Builder {
        long build(Arena arena, MemorySegment handle) throws Throwable;
    }

    private interface Getter {
        long get(MemorySegment pointer) throws Throwable;
    }
}
