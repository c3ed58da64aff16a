package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInTypesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final Path FILES =
            Path.of(System.getProperty("elicence.root", ".."), "credentials/src/main/resources/catalogue");

    static Stream<CredentialType> types() {
        return CATALOGUE.types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Every sample passes its own check, without a warning")
    void sample(CredentialType type) {
        assertEquals(List.of(), type.check(type.sample(), TODAY));
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Every sample is marked as test data")
    void marked(CredentialType type) {
        assertTrue(Json.write(type.sample()).contains("测试"));
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("A sample issued today is valid tomorrow")
    void valid(CredentialType type) {
        assertTrue(type.lifecycle().lastDay(type.sample(), TODAY).isAfter(TODAY));
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Every derived claim of a sample is computed, and mandatory claims are all there after that")
    void derived(CredentialType type) {
        Map<String, Object> full = type.derive(type.sample(), TODAY);
        for (Claim claim : type.claims()) {
            if (claim.mandatory() && !claim.secret()) {
                assertNotNull(full.get(claim.name()), claim.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Every Chinese label is Chinese and every English one is not")
    void languages(CredentialType type) {
        Stream<Label> labels = Stream.of(
                        Stream.of(type.label(), type.description()),
                        type.allClaims().stream().map(Claim::label),
                        type.asks().stream().map(CredentialType.Ask::purpose))
                .flatMap(Objects::requireNonNull);
        labels.forEach(label -> {
            assertTrue(HAN.matcher(label.zh()).find(), label.zh());
            assertFalse(HAN.matcher(label.en()).find(), label.en());
        });
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Card text can be read on its background: contrast of at least 4.5 (WCAG 2.2, 1.4.3)")
    void contrast(CredentialType type) {
        double one = luminance(type.card().colour());
        double other = luminance(type.card().ink());
        assertTrue((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) >= 4.5);
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Nobody may ask a type of which nothing is said; a secret is asked for only where a use is registered")
    void asks(CredentialType type) {
        assertFalse(type.asks().isEmpty());
        boolean hasSecret = type.allClaims().stream().anyMatch(Claim::secret);
        assertEquals(hasSecret, type.lifecycle().useOnce() != null);
    }

    @Test
    @DisplayName("Ids are unique, a file is named by its id, and every file is in the index")
    void files() throws IOException {
        Set<String> ids = new TreeSet<>();
        CATALOGUE.types().forEach(type -> assertTrue(ids.add(type.id())));
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.list(FILES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.equals("index.json"))
                    .forEach(name -> named.add(name.substring(0, name.length() - 5)));
        }
        assertEquals(named, ids);
    }

    @Test
    @DisplayName("Digests tell the types apart, and do not hang on the layout of a file")
    void digests() throws Exception {
        Set<String> digests = new HashSet<>();
        for (CredentialType type : CATALOGUE.types()) {
            assertTrue(digests.add(type.digest()));
            assertEquals(43, type.digest().length());
            assertEquals(
                    type.digest(),
                    CredentialType.read("flat", Json.write(type.definition())).digest());
        }
    }

    @Test
    @DisplayName("Every role of the index issues or asks, and every drawing is used")
    void nothingIdle() throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> emblems = new TreeSet<>();
        CATALOGUE.types().forEach(type -> {
            used.addAll(type.issuers());
            type.asks().forEach(ask -> used.addAll(ask.roles()));
            emblems.add(type.card().emblem() + ".svg");
        });
        Set<String> known = new TreeSet<>();
        CATALOGUE.roles().forEach(role -> known.add(role.id()));
        assertEquals(used, known);
        try (Stream<Path> files = Files.list(FILES.resolve("emblems"))) {
            assertEquals(
                    emblems,
                    new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()));
        }
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
