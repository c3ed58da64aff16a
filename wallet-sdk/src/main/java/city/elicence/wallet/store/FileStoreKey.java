package city.elicence.wallet.store;

import city.elicence.wallet.port.StoreKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The store's key in a file that only its owner can read, for machines with no key store: it keeps out whoever gets the
 * folder without the key, and nobody else.
 */
public final class FileStoreKey implements StoreKey {
    private static final int KEY_BYTES = 32;
    private final SecretKey key;

    private FileStoreKey(SecretKey key) {
        this.key = key;
    }

    /** Opens the key, or makes it on first use. */
    public static FileStoreKey at(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file.toAbsolutePath());
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != KEY_BYTES) {
            throw new IOException("expected a key file of " + KEY_BYTES + " bytes");
        }
        return new FileStoreKey(new SecretKeySpec(bytes, "AES"));
    }

    /** Written aside and moved: a crash leaves no half of a key. */
    private static void make(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.write(fresh, key, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public SecretKey aes() {
        return key;
    }
}
