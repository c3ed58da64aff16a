package city.elicence.city.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The house style, as far as a program can see it. */
class HouseStyleTest {
    private static final Path ROOT = Path.of(System.getProperty("elicence.root", ".."));
    private static final int LINES_PER_FILE = 400;
    private static final int FILES_PER_PACKAGE = 15;
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|DTO)\\.java|.*/(common|utils?|dto|impl|helpers?|misc)/.*");
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TODO|FIXME|XXX)\\b|UnsupportedOperationException|not implemented");
    private static final Pattern PRETENDED = Pattern.compile("org\\.mockito|@Disabled\\b|@Ignore\\b|lombok\\.");

    @Test
    @DisplayName("No file of the main code is longer than 400 lines, no package has more than 15 files")
    void sizes() {
        List<String> tooLong = new ArrayList<>();
        Map<Path, Integer> packages = new TreeMap<>();
        for (Path file : mainFiles()) {
            long lines = text(file).lines().count();
            if (lines > LINES_PER_FILE) {
                tooLong.add(ROOT.relativize(file) + " " + lines);
            }
            if (!file.endsWith("package-info.java")) {
                packages.merge(file.getParent(), 1, Integer::sum);
            }
        }
        assertEquals(List.of(), tooLong);
        packages.values().removeIf(count -> count <= FILES_PER_PACKAGE);
        assertEquals(Map.of(), packages);
    }

    @Test
    @DisplayName("Names say what a thing is; nothing is left open in main code; nothing is mocked or switched off")
    void names() {
        List<String> found = new ArrayList<>();
        for (Path file : javaFiles()) {
            String name = ROOT.relativize(file).toString().replace('\\', '/');
            boolean main = name.contains("/src/main/java/city/elicence/");
            if (main && EMPTY_NAME.matcher(name).matches()) {
                found.add(name);
            }
            String text = text(file);
            if (main && UNFINISHED.matcher(text).find()) {
                found.add(name + ": left open");
            }
            if (!name.endsWith("HouseStyleTest.java") && PRETENDED.matcher(text).find()) {
                found.add(name + ": pretended");
            }
        }
        assertEquals(List.of(), found);
    }

    private static List<Path> mainFiles() {
        return javaFiles().stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .toList();
    }

    private static List<Path> javaFiles() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> files = new ArrayList<>();
            for (Path module :
                    modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
                Path source = module.resolve("src");
                if (Files.isDirectory(source)) {
                    try (Stream<Path> all = Files.walk(source)) {
                        all.filter(f -> f.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
            assertTrue(files.size() > 100, "the rules look at real files");
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
