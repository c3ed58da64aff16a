package city.elicence.city.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConformancePageTest {
    private static final Path PAGE = TestTitles.ROOT.resolve("docs/CONFORMANCE.md");
    private static final String REFRESH = "mvn -q -pl city -am test -Dtest=ConformancePageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Delicence.refresh=true";
    private static final String NOT_YET = "not yet: ";

    /** A must of the profile, and what proves it: tests by name, or one sentence that says not yet. */
    private record Clause(String section, String who, String must, List<String> proofs) {
        boolean isOpen() {
            return proofs.size() == 1 && proofs.getFirst().startsWith(NOT_YET);
        }
    }

    @Test
    @DisplayName(
            "CONFORMANCE.md says of each must of HAIP 1.0 which tests prove it, in those tests' own titles, or not yet")
    void page() throws IOException {
        List<Clause> clauses = clauses();
        assertTrue(clauses.size() > 50);
        String page = render(clauses, TestTitles.all());
        if (Boolean.getBoolean("elicence.refresh")) {
            Files.writeString(PAGE, page);
        }
        String kept = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        assertEquals(page, kept, "docs/CONFORMANCE.md is stale; refresh it with: " + REFRESH);
    }

    private static List<Clause> clauses() throws IOException {
        List<Clause> clauses = new ArrayList<>();
        try (InputStream in = ConformancePageTest.class.getResourceAsStream("/conformance/haip-1.0.txt")) {
            String text = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (line.startsWith("  ")) {
                    clauses.getLast().proofs().add(line.strip());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ", 3);
                    clauses.add(new Clause(parts[0], parts[1], parts[2], new ArrayList<>()));
                }
            }
        }
        return clauses;
    }

    private static String render(List<Clause> clauses, Map<String, List<TestTitles.Titled>> titles) {
        long open = clauses.stream().filter(Clause::isOpen).count();
        StringBuilder page = new StringBuilder("""
            # Conformance to HAIP 1.0

            Each must of the OpenID4VC High Assurance Interoperability Profile 1.0 that falls to an issuer, a verifier or a wallet, in our
            words, with the tests that prove it, by their own titles; or the sentence that says not yet. Written by a test that fails when
            a named test is gone or the page is stale. Refresh: `%s`

            %d musts, %d of them not yet.
            """.formatted(REFRESH, clauses.size(), open));
        String section = "";
        for (Clause clause : clauses) {
            if (!clause.section().equals(section)) {
                section = clause.section();
                page.append("\n## §").append(section).append("\n\n");
            }
            page.append("- **")
                    .append(clause.who())
                    .append("**: ")
                    .append(clause.must())
                    .append('\n');
            assertFalse(clause.proofs().isEmpty(), clause.must() + ": expected tests, or not yet and why");
            for (String proof : clause.proofs()) {
                page.append(
                        clause.isOpen()
                                ? "  - **not yet**: " + proof.substring(NOT_YET.length()) + "\n"
                                : test(proof, titles));
            }
        }
        return page.toString();
    }

    private static String test(String name, Map<String, List<TestTitles.Titled>> titles) {
        List<TestTitles.Titled> found = titles.getOrDefault(name, List.of());
        assertEquals(1, found.size(), name + ": expected one test of that name");
        return "  - " + found.getFirst().title() + " (`" + found.getFirst().module() + "` " + name + ")\n";
    }
}
