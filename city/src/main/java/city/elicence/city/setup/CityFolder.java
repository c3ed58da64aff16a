package city.elicence.city.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a city keeps everything. Deleting the folder is a full reset.
 *
 * @param root the folder itself
 */
public record CityFolder(Path root) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * Makes the folder and its parts where they are missing.
     *
     * @throws IOException saying which part cannot be made, and what to do
     */
    public static CityFolder at(Path root) throws IOException {
        CityFolder folder = new CityFolder(root.toAbsolutePath().normalize());
        for (Path part : new Path[] {
            folder.root,
            folder.keys(),
            folder.ledger(),
            folder.catalogue(),
            folder.pictures(),
            folder.logs(),
            folder.wallets()
        }) {
            try {
                Files.createDirectories(part);
            } catch (IOException refused) {
                throw new IOException("cannot make the folder " + part + ": choose another with --data DIR", refused);
            }
        }
        return folder;
    }

    /** Private keys; every file in it is readable by its owner alone. */
    public Path keys() {
        return root.resolve("keys");
    }

    public Path ledger() {
        return root.resolve("ledger");
    }

    public Path database() {
        return root.resolve("postgresql");
    }

    /** Files of further licence types, read while the issuer runs. */
    public Path catalogue() {
        return root.resolve("catalogue");
    }

    public Path pictures() {
        return root.resolve("pictures");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path wallets() {
        return root.resolve("wallets");
    }

    /** The root certificate that a stranger's wallet or verifier is told to trust. */
    public Path trustAnchor() {
        return root.resolve("trust-anchor.pem");
    }

    /** The certificate that a browser or a phone is told to trust to reach the city by HTTPS. */
    public Path tlsAuthority() {
        return root.resolve("tls-authority.pem");
    }

    /** Writes a file whole or not at all, for its owner alone: a killed start leaves no half key. */
    static void writeSecret(Path file, String text) throws IOException {
        write(file, text, true);
    }

    /** Writes a file whole or not at all. */
    static void writePublic(Path file, String text) throws IOException {
        write(file, text, false);
    }

    private static void write(Path file, String text, boolean secret) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("a file of the city has a folder");
        }
        Files.createDirectories(parent);
        Path half = parent.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half);
        if (secret && Files.getFileStore(half).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(half, OWNER_ONLY);
        }
        Files.writeString(half, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
