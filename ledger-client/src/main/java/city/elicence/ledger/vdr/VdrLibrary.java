package city.elicence.ledger.vdr;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.indy.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Finds the file of libindy_vdr for this machine: the one named by the system property {@code indy.vdr.lib}, or the one packed
 * on the class path, copied once to a folder of the user's that carries its digest.
 */
final class VdrLibrary {

    private VdrLibrary() {}

    static Path find() throws LedgerException {
        String given = System.getProperty("indy.vdr.lib");
        if (given != null) {
            Path path = Path.of(given).toAbsolutePath();
            if (!Files.isRegularFile(path)) {
                throw new LedgerException(Reason.UNUSABLE, "indy.vdr.lib names no file: " + path);
            }
            return path;
        }
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL packed = VdrLibrary.class.getResource(resource);
        if (packed == null) {
            throw new LedgerException(
                    Reason.UNUSABLE,
                    "libindy_vdr is not packed for this machine (" + resource
                            + "); name a file with -Dindy.vdr.lib=/path/to/the/library");
        }
        try {
            return packed.getProtocol().equals("file") ? Path.of(packed.toURI()) : unpack(packed, resource);
        } catch (IOException | URISyntaxException e) {
            throw new LedgerException(Reason.UNUSABLE, "libindy_vdr could not be unpacked", e);
        }
    }

    /** Name under which a system's library is packed. */
    static String resource(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.equals("amd64") ? "x86_64" : osArch;
        if (os.startsWith("windows")) {
            return "/native/windows-" + arch + "/indy_vdr.dll";
        }
        return os.startsWith("mac")
                ? "/native/macos-" + arch + "/libindy_vdr.dylib"
                : "/native/linux-" + arch + "/libindy_vdr.so";
    }

    private static Path unpack(URL packed, String resource) throws IOException {
        byte[] content;
        try (InputStream in = packed.openStream()) {
            content = in.readAllBytes();
        }
        String digest = HexFormat.of().formatHex(Sha256.of(content));
        Path folder = Path.of(System.getProperty("user.home"), ".cache", "elicence", "native", digest.substring(0, 16));
        Path library = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        // The folder's name is no proof of what is in it: what is loaded is compared, byte for byte.
        if (!Files.isRegularFile(library) || !Arrays.equals(Files.readAllBytes(library), content)) {
            Files.createDirectories(folder);
            Path whole = Files.createTempFile(folder, "unpacking", null);
            Files.write(whole, content);
            Files.move(whole, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }
}
