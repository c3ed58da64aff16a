package city.elicence.wallet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.jose.SigningKey;
import city.elicence.wallet.port.KeyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The encrypted store: who can write to the folder can neither read, alter nor swap a record")
class EncryptedFileStoreTest {
    @TempDir
    Path folder = Path.of(".");

    private EncryptedFileStore store() throws IOException {
        return new EncryptedFileStore(folder.resolve("store"), FileStoreKey.at(folder.resolve("store.key")));
    }

    private Path file(String name) {
        return folder.resolve("store").resolve("licence").resolve(name + ".sealed");
    }

    @Test
    @DisplayName("A record is there after a restart, replaced whole, gone when deleted")
    void records() throws IOException {
        store().put("licence-1", "first");
        store().put("licence-1", "second 证照");
        store().put("licence-2", "other");
        assertEquals("second 证照", store().get("licence-1"));
        assertEquals(List.of("licence-1", "licence-2"), store().names());
        store().delete("licence-1");
        store().delete("licence-1");
        assertNull(store().get("licence-1"));
    }

    @Test
    @DisplayName("What is on the disk is not what was stored, and never twice the same")
    void sealed() throws IOException {
        store().put("licence-1", "Testname-Zhao");
        byte[] once = Files.readAllBytes(file("licence-1"));
        assertFalse(new String(once, StandardCharsets.ISO_8859_1).contains("Testname"));
        store().put("licence-1", "Testname-Zhao");
        assertFalse(java.util.Arrays.equals(once, Files.readAllBytes(file("licence-1"))));
    }

    @Test
    @DisplayName("One flipped bit, another record's bytes, another key, half a file: none is accepted")
    void tampered() throws IOException {
        store().put("licence-1", "one");
        store().put("licence-2", "two");
        byte[] good = Files.readAllBytes(file("licence-1"));
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file("licence-1"), bad);
            assertThrows(IOException.class, () -> store().get("licence-1"));
        }
        Files.write(file("licence-1"), java.util.Arrays.copyOf(good, 10));
        assertThrows(IOException.class, () -> store().get("licence-1"));
        Files.copy(file("licence-2"), file("licence-1"), StandardCopyOption.REPLACE_EXISTING);
        assertThrows(IOException.class, () -> store().get("licence-1"));
        Files.delete(folder.resolve("store.key"));
        assertThrows(IOException.class, () -> store().get("licence-2"));
    }

    @Test
    @DisplayName("A write that died half way leaves the old record")
    void halfWritten() throws IOException {
        store().put("licence-1", "old");
        Files.write(folder.resolve("store").resolve("licence").resolve("licence-1.new"), new byte[] {1, 2, 3});
        assertEquals("old", store().get("licence-1"));
        assertEquals(List.of("licence-1"), store().names());
        store().put("licence-1", "new");
        assertEquals("new", store().get("licence-1"));
    }

    @Test
    @DisplayName(
            "The names of one kind are not another's; records of the first release, which lay side by side, are found")
    void kinds() throws IOException {
        store().put("licence-1", "one");
        store().put("history-1", "shown");
        Files.move(file("licence-1"), folder.resolve("store").resolve("licence-1.sealed"));
        assertEquals(List.of("licence-1"), store().names("licence"));
        assertEquals("one", store().get("licence-1"));
        assertEquals(List.of("history-1", "licence-1"), store().names());
        assertEquals(List.of(), store().names("lic"));
    }

    @Test
    @DisplayName(
            "A move to the folders that died half way is gone on with: no newer record is lost, no deleted one comes back")
    void halfMoved() throws IOException {
        Path side = folder.resolve("store");
        store().put("licence-1", "old");
        Files.copy(file("licence-1"), side.resolve("licence-1.sealed"));
        store().put("licence-2", "not moved yet");
        Files.move(file("licence-2"), side.resolve("licence-2.sealed"));
        EncryptedFileStore moved = store();
        assertEquals("old", moved.get("licence-1"));
        assertEquals("not moved yet", moved.get("licence-2"));
        moved.put("licence-1", "new");
        Files.copy(file("licence-2"), side.resolve("licence-1.sealed"));
        assertEquals("new", store().get("licence-1"), "what lay beside it is older");
        store().delete("licence-1");
        assertNull(store().get("licence-1"));
    }

    @Test
    @DisplayName("What is not a record's name is left alone, beside the folders and in them")
    void foreign() throws IOException {
        store().put("licence-1", "one");
        Path side = folder.resolve("store").resolve("Not ours.sealed");
        Files.write(side, new byte[] {1});
        Files.write(file("licence-1").resolveSibling("Copy (1).sealed"), new byte[] {1});
        Files.createDirectory(folder.resolve("store").resolve("folder.sealed"));
        assertEquals(List.of("licence-1"), store().names());
        assertEquals(List.of("licence-1"), store().names("licence"));
        assertEquals(1, Files.size(side));
    }

    @Test
    @DisplayName("A name that would leave the folder is no name")
    void names() throws IOException {
        EncryptedFileStore store = store();
        for (String name : List.of("../x", "a/b", "", "A", "x".repeat(81))) {
            assertThrows(IllegalArgumentException.class, () -> store.put(name, ""));
        }
    }

    @Test
    @DisplayName("A key that was made is opened, not made again")
    void keys() throws IOException {
        StoredKeys keys = new StoredKeys(store());
        SigningKey made = keys.create("a", KeyStore.KeyUse.HOLDER);
        SigningKey again = new StoredKeys(store()).create("a", KeyStore.KeyUse.HOLDER);
        assertEquals(made.publicKey(), again.publicKey());
        assertNotNull(keys.open("a"));
        keys.delete("a");
        assertNull(keys.open("a"));
    }
}
