package city.elicence.node.keys;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A key on disk: JSON with "did", "verkey" and "seed" (hex), readable by its owner only. Its content is never printed. */
public final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");

    private KeyFile() {}

    public static void write(Path file, SigningSeed key, Map<String, Object> more) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("did", key.did());
        content.put("verkey", key.verkey());
        content.put("seed", HexFormat.of().formatHex(key.exposedSeed()));
        content.putAll(more);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
        }
        // Created with its permissions, not given them afterwards: at no moment can another user read it.
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(file, Json.write(content) + "\n", StandardOpenOption.WRITE);
    }

    /** All fields of the file; use {@link #seed} for the key in it. */
    public static Fields read(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: make it private with chmod 600,"
                    + " and consider the key known to them");
        }
        try {
            return Fields.parse(Files.readString(file));
        } catch (JsonException e) {
            throw new IOException(file + " is not a key file: " + e.getMessage(), e);
        }
    }

    public static SigningSeed seed(Path file) throws IOException {
        try {
            return SigningSeed.of(HexFormat.of().parseHex(read(file).string("seed")));
        } catch (JsonException | IllegalArgumentException e) {
            throw new IOException(file + " holds no seed of 32 bytes in hex", e);
        }
    }
}
