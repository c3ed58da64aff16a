package city.elicence.city.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VectorsPageTest {
    private static final Path PAGE = TestTitles.ROOT.resolve("docs/vectors.md");
    private static final Path VECTORS = TestTitles.ROOT.resolve("../shared/vectors");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.+) \\|");
    private static final Pattern TEST = Pattern.compile("\\w+Test#\\w+");

    private record Row(String glob, String use) {
        boolean covers(Path file) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return matcher.matches(file);
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(2)));
            }
        }
        return rows;
    }

    @Test
    @DisplayName("Each published vector is named in docs/vectors.md, and each line of it names one that is there")
    void everyFile() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(VECTORS), "skipped: no published vectors at " + VECTORS.normalize());
        List<Row> unused = rows();
        List<String> unnamed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(VECTORS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = VECTORS.relativize(file);
                if (rows().stream().noneMatch(row -> row.covers(relative))) {
                    unnamed.add(relative.toString());
                }
                unused.removeIf(row -> row.covers(relative));
            }
        }
        assertEquals(List.of(), unnamed);
        assertEquals(List.of(), unused);
    }

    @Test
    @DisplayName("Each test that docs/vectors.md names is there; a vector without one says why")
    void everyTest() throws IOException {
        Set<String> tests = TestTitles.all().keySet();
        for (Row row : rows()) {
            List<String> named = TEST.matcher(row.use())
                    .results()
                    .map(found -> found.group())
                    .toList();
            assertTrue(tests.containsAll(named), row.glob() + ": " + named);
            assertTrue(
                    !named.isEmpty()
                            || row.use().matches("(no use|not yet|no vector|the same|the examples|diagnostic).*"),
                    row.glob());
        }
    }
}
