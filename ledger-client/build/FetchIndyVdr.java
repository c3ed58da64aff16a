import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes the native library libindy_vdr out of its published Python wheel, by package name and pinned SHA-256, and keeps it in
 * a folder of the user's, so that it is downloaded once and not again after a clean.
 *
 * <pre>java FetchIndyVdr.java REQUIREMENTS FOLDER [PLATFORM...]</pre>
 *
 * The platform that runs the build must succeed; others may be named and may fail.
 */
final class FetchIndyVdr {

    /** Where the wheel of a platform keeps its library. */
    private enum Platform {
        LINUX_X86_64("linux-x86_64", "manylinux2014_x86_64", "libindy_vdr.so"),
        LINUX_AARCH64("linux-aarch64", "manylinux2014_aarch64", "libindy_vdr.so"),
        MACOS_X86_64("macos-x86_64", "macosx_10_9_universal2", "libindy_vdr.dylib"),
        MACOS_AARCH64("macos-aarch64", "macosx_10_9_universal2", "libindy_vdr.dylib"),
        WINDOWS_X86_64("windows-x86_64", "win_amd64", "indy_vdr.dll");

        final String folder;
        final String wheelTag;
        final String file;

        Platform(String folder, String wheelTag, String file) {
            this.folder = folder;
            this.wheelTag = wheelTag;
            this.file = file;
        }

        static Platform named(String folder) {
            return Arrays.stream(values())
                    .filter(platform -> platform.folder.equals(folder))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("libindy_vdr is not published for " + folder));
        }

        static Platform ofThisMachine() {
            String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
            String system = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : "linux";
            return named(system + '-' + (arch.equals("amd64") ? "x86_64" : arch));
        }
    }

    /** Marks the folder as complete for the machine that built; the build looks for this file only. */
    private static final String COMPLETE = "complete";

    private FetchIndyVdr() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path requirements = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        try {
            fetch(Platform.ofThisMachine(), requirements, folder);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("libindy_vdr, which talks to the ledger, could not be taken: " + e.getMessage());
            System.err.println("It comes from the Python package indy-vdr 0.4.2: install python3 with pip"
                    + " (Debian, Ubuntu: apt install python3-pip), or give a library you have: -Dindy.vdr.lib=/path/to/it");
            System.exit(1);
        }
        for (String other : List.of(args).subList(2, args.length)) {
            try {
                fetch(Platform.named(other), requirements, folder);
            } catch (IOException | IllegalArgumentException e) {
                System.err.println("libindy_vdr for " + other + " is left out: " + e.getMessage());
            }
        }
        Files.writeString(folder.resolve(COMPLETE), "indy-vdr 0.4.2\n");
    }

    private static void fetch(Platform platform, Path requirements, Path folder) throws IOException, InterruptedException {
        Path library = folder.resolve("native").resolve(platform.folder).resolve(platform.file);
        if (Files.isRegularFile(library)) {
            return;
        }
        System.out.println("Taking libindy_vdr for " + platform.folder + " (once)");
        Files.createDirectories(library.getParent());
        Path wheels = Files.createTempDirectory(folder, "wheel");
        try {
            pip(platform, requirements, wheels);
            unpack(platform, wheels, library);
        } finally {
            delete(wheels);
        }
    }

    private static void pip(Platform platform, Path requirements, Path wheels) throws IOException, InterruptedException {
        String python = System.getProperty("os.name").startsWith("Windows") ? "python" : "python3";
        List<String> command = new ArrayList<>(List.of(python, "-m", "pip", "download", "--quiet"));
        command.addAll(List.of("--no-deps", "--only-binary=:all:", "--require-hashes", "--platform", platform.wheelTag));
        command.addAll(List.of("--dest", wheels.toString(), "-r", requirements.toString()));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("there is no " + python, e);
        }
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("pip said: " + output.strip());
        }
    }

    private static void unpack(Platform platform, Path wheels, Path library) throws IOException {
        try (Stream<Path> downloaded = Files.list(wheels)) {
            Path wheel = downloaded.findFirst().orElseThrow(() -> new IOException("pip left no wheel"));
            try (ZipFile zip = new ZipFile(wheel.toFile())) {
                ZipEntry entry = zip.getEntry("indy_vdr/" + platform.file);
                if (entry == null) {
                    throw new IOException("the wheel has no " + platform.file);
                }
                // Moved into place whole, so that an interrupted build leaves no half library behind.
                Path whole = wheels.resolve(platform.file);
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, whole);
                }
                Files.move(whole, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
