package city.elicence.ledger.pkcs11;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.memory.MemoryLedger;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SoftHSM, a module in software that PKCS #11 programs are tested with. */
@SuppressWarnings("restricted") // sets an environment variable in this very process
class Pkcs11SignerTest {
    private static final byte[] TEXT = "a request".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static Path module = Path.of("");

    @BeforeAll
    static void token() throws Throwable {
        module = Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(""));
        assumeTrue(
                Files.isRegularFile(module),
                "keys in a hardware module are tested with SoftHSM: apt-get install softhsm2");
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Path configuration = folder.resolve("softhsm2.conf");
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
        // The library reads its configuration from the environment of this very process.
        try (Arena arena = Arena.ofConfined()) {
            int code = (int) Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().find("setenv").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT))
                    .invokeWithArguments(
                            arena.allocateFrom("SOFTHSM2_CONF"), arena.allocateFrom(configuration.toString()), 1);
            assertEquals(0, code);
        }
        ProcessBuilder init = new ProcessBuilder(
                "softhsm2-util", "--init-token", "--free", "--label", "city", "--so-pin", "12345678", "--pin", "4321");
        init.environment().put("SOFTHSM2_CONF", configuration.toString());
        assertEquals(
                0,
                init.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("init.log").toFile())
                        .start()
                        .waitFor());
        pin("pin", "4321");
        pin("wrong", "1111");
    }

    private static void pin(String name, String pin) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pin + "\n");
    }

    private static Pkcs11Settings settings(String pinFile, String key) {
        return new Pkcs11Settings(module, "city", folder.resolve(pinFile), key, "beijing", null);
    }

    @Test
    @DisplayName(
            "A key made in the module signs as Ed25519 does, is found again, and its private half cannot be read out")
    void signs() throws IOException {
        byte[] signature;
        String verkey;
        try (Pkcs11Signer signer = Pkcs11Signer.openOrCreate(settings("pin", "issuer"))) {
            signature = signer.sign(TEXT);
            verkey = signer.verkey();
            byte[] publicKey = Base58.decode(verkey);
            assertTrue(Ed25519.verify(signature, 0, publicKey, 0, TEXT, 0, TEXT.length));
            byte[] other = "another request".getBytes(StandardCharsets.UTF_8);
            assertFalse(Ed25519.verify(signature, 0, publicKey, 0, other, 0, other.length));
            assertFalse(signer.toString().contains(verkey));
        }
        try (Pkcs11Signer again = Pkcs11Signer.open(settings("pin", "issuer"))) {
            assertEquals(verkey, again.verkey());
            assertArrayEquals(signature, again.sign(TEXT), "Ed25519 signs the same text the same");
        }
        try (Pkcs11Signer other = Pkcs11Signer.openOrCreate(settings("pin", "other"))) {
            assertFalse(verkey.equals(other.verkey()));
        }
    }

    @Test
    @DisplayName(
            "A wrong PIN, a PIN that others can read, a token or key that is not there: refused in words, without the PIN")
    void refused() throws IOException {
        Path open = folder.resolve("open");
        Files.writeString(open, "4321");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Pkcs11Settings noToken = new Pkcs11Settings(module, "town", folder.resolve("pin"), "issuer", "beijing", null);
        for (Pkcs11Settings wrong :
                List.of(settings("wrong", "x"), settings("open", "x"), settings("pin", "nobody"), noToken)) {
            IOException refusal = assertThrows(IOException.class, () -> Pkcs11Signer.open(wrong));
            assertFalse(String.valueOf(refusal.getMessage()).contains("4321"));
        }
        assertThrows(
                IOException.class,
                () -> Pkcs11Signer.open(
                        new Pkcs11Settings(folder.resolve("absent.so"), "city", open, "issuer", "beijing", null)));
    }

    @Test
    @DisplayName("Such a signer is a party of the ledger like any other")
    void party() throws Exception {
        var authority = MemoryLedger.signer("beijing", "authority");
        try (Pkcs11Signer signer = Pkcs11Signer.openOrCreate(settings("pin", "party"));
                MemoryLedger ledger = MemoryLedger.of(authority, Clock.systemUTC())) {
            assertTrue(ledger.publishDid(signer.did(), signer.verkey(), LedgerRole.ENDORSER, authority)
                    .isDone());
            assertEquals(
                    signer.verkey(), ledger.resolve(signer.did()).orElseThrow().verkey());
        }
    }
}
