package city.elicence.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.ledger.indy.Base58;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A ledger key in a file")
class KeyFileSignerTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("is made once, for its owner only, and signs the same after a restart")
    void createAndOpen() throws Exception {
        Path file = folder.resolve("keys").resolve("police.json");
        KeyFileSigner made = KeyFileSigner.openOrCreate(file, "beijing");
        KeyFileSigner opened = KeyFileSigner.openOrCreate(file, "beijing");

        assertEquals(made.did(), opened.did());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        byte[] text = "what is signed".getBytes(StandardCharsets.UTF_8);
        byte[] signature = opened.sign(text);
        byte[] key = Base58.decode(made.verkey());
        assertTrue(Ed25519.verify(signature, 0, key, 0, text, 0, text.length));
        text[0] ^= 1;
        assertFalse(Ed25519.verify(signature, 0, key, 0, text, 0, text.length));
        assertThrows(IOException.class, () -> KeyFileSigner.create(file, "beijing"));
    }

    @Test
    @DisplayName("is refused when others can read it")
    void readableByOthers() throws Exception {
        Path file = folder.resolve("police.json");
        KeyFileSigner made = KeyFileSigner.create(file, "beijing");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        IOException refused = assertThrows(IOException.class, () -> KeyFileSigner.open(file, "beijing"));
        assertTrue(refused.toString().contains("chmod 600"));
        assertFalse(made.toString().contains(Files.readString(file).substring(20, 40)));
    }
}
