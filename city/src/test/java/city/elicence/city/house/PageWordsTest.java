package city.elicence.city.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A key without words would be shown to people as it stands. */
class PageWordsTest {
    private static final Path WEB = TestTitles.ROOT.resolve("web/src/main/resources");
    private static final Pattern ASKED = Pattern.compile("data-t(?:-label|-hint)?=\"(\\w+)\"");
    private static final Pattern SAID = Pattern.compile("(\\w+): \\['");

    @Test
    @DisplayName("Every word that a page's frame and body ask for is said by the page, in both languages")
    void words() throws IOException {
        String common = Files.readString(WEB.resolve("web/page.js"));
        String frame =
                Files.readString(WEB.resolve("frame/header.html")) + Files.readString(WEB.resolve("frame/footer.html"));
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            String html = Files.readString(page);
            Set<String> asked = found(ASKED, html.contains("<!-- footer -->") ? html + frame : html);
            asked.removeAll(found(SAID, common + scripts(page.resolveSibling(""))));
            asked.forEach(key -> missing.add(page.getFileName() + ": " + key));
        }
        assertEquals(List.of(), missing);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String module : List.of("city", "company-wallet", "issuer-service", "verifier-service")) {
            try (Stream<Path> files = Files.walk(TestTitles.ROOT.resolve(module + "/src/main/resources"))) {
                files.filter(file -> file.toString().endsWith(".html")).forEach(pages::add);
            }
        }
        assertTrue(pages.size() >= 8, () -> "only " + pages);
        return pages;
    }

    private static String scripts(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
