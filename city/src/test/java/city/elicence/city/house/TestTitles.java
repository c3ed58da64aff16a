package city.elicence.city.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The titles of all tests of the repository, read from their sources, by {@code Class#method}. */
final class TestTitles {
    static final Path ROOT = Path.of(System.getProperty("elicence.root", ".."));
    private static final Pattern TITLED = Pattern.compile(
            "@DisplayName\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)\\)\\s*(?:@[^\\n]*\\n\\s*)*[\\w<>?, .]+\\s(\\w+)\\(");
    private static final Pattern PIECE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private TestTitles() {}

    /** A test: where it stands, and its title. */
    record Titled(String module, String title) {}

    static Map<String, List<Titled>> all() {
        Map<String, List<Titled>> titles = new TreeMap<>();
        for (Path file : sources()) {
            String module = module(file);
            String name = file.getFileName().toString().replace(".java", "");
            Matcher matcher = TITLED.matcher(text(file));
            while (matcher.find()) {
                StringBuilder title = new StringBuilder();
                Matcher piece = PIECE.matcher(matcher.group(1));
                while (piece.find()) {
                    title.append(piece.group(1).translateEscapes());
                }
                titles.computeIfAbsent(name + "#" + matcher.group(2), key -> new java.util.ArrayList<>())
                        .add(new Titled(module, title.toString()));
            }
        }
        return titles;
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> file.toString().contains("/src/test/java/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String module(Path file) {
        String path = ROOT.relativize(file).toString();
        return path.substring(0, path.indexOf("/src/test/"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
