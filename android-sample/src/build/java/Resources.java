import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Compiles and links the app's resources with aapt2: {@code resources.apk} and {@code R.java}. */
final class Resources {
    private static final Pattern ELEMENT = Pattern.compile("<(?!svg|/)([a-z]+)\\s([^>]*)>");

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
        unpackMonitor();
        Path linked = target.resolve("resources.apk");
        if (Files.exists(linked) && Files.getLastModifiedTime(linked).toMillis() > newestInput()) {
            return;
        }
        Path aapt2 = unpackTool();
        Path compiled = target.resolve("resources.zip");
        run(List.of(aapt2.toString(), "compile", "--dir", source.resolve("res").toString(), "-o", compiled.toString()));
        Path emblems = target.resolve("emblems.zip");
        run(List.of(aapt2.toString(), "compile", "--dir", emblems().toString(), "-o", emblems.toString()));
        List<String> link = new ArrayList<>(List.of(aapt2.toString(), "link", "-I", framework, "-o", linked.toString()));
        link.addAll(List.of("--manifest", source.resolve("AndroidManifest.xml").toString()));
        link.addAll(List.of("--java", target.resolve("generated-sources/r").toString()));
        link.addAll(List.of("--proguard", target.resolve("manifest-keep.pro").toString()));
        if (Files.isDirectory(source.resolve("assets"))) {
            link.addAll(List.of("-A", source.resolve("assets").toString()));
        }
        link.add(compiled.toString());
        link.add(emblems.toString());
        run(link);
    }

    private long newestInput() throws IOException {
        long newest = 0;
        for (Path root : List.of(
                source.resolve("res"),
                source.resolve("assets"),
                source.resolve("AndroidManifest.xml"),
                drawings(),
                target.resolve("../src/build"))) {
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

    /** The catalogue's drawings: lines on a square of 24, as SVG. */
    private Path drawings() {
        return target.resolve("../../credentials/src/main/resources/catalogue/emblems").normalize();
    }

    /** The same drawings as Android has them, so that no SVG need be read on the phone. */
    private Path emblems() throws IOException {
        Path drawables = target.resolve("emblems/drawable");
        Files.createDirectories(drawables);
        try (Stream<Path> files = Files.list(drawings())) {
            for (Path svg : files.filter(file -> file.toString().endsWith(".svg")).toList()) {
                String name = svg.getFileName().toString().replace(".svg", "").replace('-', '_');
                Files.writeString(drawables.resolve("emblem_" + name + ".xml"), drawable(Files.readString(svg)));
            }
        }
        return drawables.getParent();
    }

    private static String drawable(String svg) throws IOException {
        StringBuilder xml = new StringBuilder("<vector xmlns:android=\"http://schemas.android.com/apk/res/android\""
                + " android:width=\"24dp\" android:height=\"24dp\""
                + " android:viewportWidth=\"24\" android:viewportHeight=\"24\">");
        Matcher element = ELEMENT.matcher(svg);
        while (element.find()) {
            xml.append("<path android:strokeColor=\"#FFFFFFFF\" android:strokeWidth=\"1.6\""
                    + " android:strokeLineCap=\"round\" android:strokeLineJoin=\"round\" android:pathData=\"");
            xml.append(path(element.group(1), element.group(2))).append("\"/>");
        }
        return xml.append("</vector>").toString();
    }

    private static String path(String element, String attributes) throws IOException {
        return switch (element) {
            case "path" -> attribute(attributes, "d");
            case "circle" -> ellipse(attributes, "r", "r");
            case "ellipse" -> ellipse(attributes, "rx", "ry");
            default -> throw new IOException("an emblem is made of path, circle and ellipse, found " + element);
        };
    }

    private static String ellipse(String attributes, String horizontal, String vertical) throws IOException {
        double rx = Double.parseDouble(attribute(attributes, horizontal));
        String radii = rx + "," + attribute(attributes, vertical);
        double left = Double.parseDouble(attribute(attributes, "cx")) - rx;
        return "M" + left + "," + attribute(attributes, "cy") + "a" + radii + " 0 1,0 " + 2 * rx + ",0a" + radii
                + " 0 1,0 " + -2 * rx + ",0z";
    }

    private static String attribute(String attributes, String name) throws IOException {
        Matcher value = Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(attributes);
        if (!value.find()) {
            throw new IOException("an emblem lacks " + name + ": " + attributes);
        }
        return value.group(1);
    }

    /** Robolectric wants this part of androidx, which comes as an Android archive: a zip with a jar in it. */
    private void unpackMonitor() throws IOException {
        Path archive = target.resolve("tools/monitor.aar");
        Path jar = target.resolve("tools/monitor.jar");
        if (Files.exists(archive) && !Files.exists(jar)) {
            try (ZipFile zip = new ZipFile(archive.toFile());
                    InputStream bytes = zip.getInputStream(zip.getEntry("classes.jar"))) {
                Files.copy(bytes, jar);
            }
        }
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
