import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Compiles and links the app's resources with aapt2: {@code resources.apk} and {@code R.java}. */
final class Resources {
    private final Path target;
    private final Path source;
    private final String apktool;
    private final String framework;

    private Resources(Path module, String apktool, String framework) {
        this.target = module.resolve("target");
        this.source = module.resolve("src/main");
        this.apktool = apktool;
        this.framework = framework;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new Resources(Path.of(args[0]), args[1], args[2]).build();
    }

    private void build() throws IOException, InterruptedException {
        Path linked = target.resolve("resources.apk");
        if (Files.exists(linked) && Files.getLastModifiedTime(linked).toMillis() > newestInput()) {
            return;
        }
        Path aapt2 = unpackTool();
        Path compiled = target.resolve("resources.zip");
        run(List.of(aapt2.toString(), "compile", "--dir", source.resolve("res").toString(), "-o", compiled.toString()));
        List<String> link = new ArrayList<>(List.of(aapt2.toString(), "link", "-I", framework, "-o", linked.toString()));
        link.addAll(List.of("--manifest", source.resolve("AndroidManifest.xml").toString()));
        link.addAll(List.of("--java", target.resolve("generated-sources/r").toString()));
        link.addAll(List.of("--proguard", target.resolve("manifest-keep.pro").toString()));
        if (Files.isDirectory(source.resolve("assets"))) {
            link.addAll(List.of("-A", source.resolve("assets").toString()));
        }
        link.add(compiled.toString());
        run(link);
    }

    private long newestInput() throws IOException {
        long newest = 0;
        for (String part : List.of("res", "assets", "AndroidManifest.xml")) {
            Path root = source.resolve(part);
            if (!Files.exists(root)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.toList()) {
                    newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return newest;
    }

    /** apktool's library carries a static aapt2 for each system, under a free licence. */
    private Path unpackTool() throws IOException {
        Path tool = target.resolve("tools/aapt2");
        if (Files.isExecutable(tool)) {
            return tool;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String entry = system.contains("mac")
                ? "prebuilt/macosx/aapt2"
                : system.contains("windows") ? "prebuilt/windows/aapt2.exe" : "prebuilt/linux/aapt2";
        Files.createDirectories(tool.getParent());
        try (ZipFile jar = new ZipFile(apktool);
                InputStream bytes = jar.getInputStream(jar.getEntry(entry))) {
            Files.copy(bytes, tool);
        }
        if (!tool.toFile().setExecutable(true)) {
            throw new IOException("cannot make aapt2 executable");
        }
        return tool;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("aapt2 " + command.get(1) + " ended with status " + status);
        }
    }
}
