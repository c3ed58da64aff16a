package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.check.Validator;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.json.Json;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bad input is an answer, never an exception; inputs come from a fixed seed. */
class RandomInputTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final List<Object> JUNK = Collections.unmodifiableList(Arrays.asList(
            "",
            " ",
            "x",
            "\u0000",
            "2026-02-30",
            "0000-01-01",
            "9999999-12-31",
            "2026-11-23T08:00:00",
            "-1",
            "1e9",
            "11010519491231002X",
            "data:image/png;base64,AAAA",
            0L,
            -1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1.5,
            new BigInteger("123456789012345678901234567890"),
            true,
            List.of(),
            List.of(List.of()),
            List.of("a", 1L),
            Map.of(),
            Map.of("name", Map.of()),
            "A".repeat(5000),
            Collections.singletonList(null)));

    private final Random random = new Random(20261123);

    @Test
    @DisplayName("Whatever stands in a claim, checking answers; and what passes can be derived and dated")
    void claims() {
        int refused = 0;
        for (CredentialType type : CATALOGUE.types()) {
            for (int round = 0; round < 400; round++) {
                Claim claim = any(type.allClaims());
                Map<String, Object> claims = Samples.with(type, claim.path(), any(JUNK));
                List<ClaimProblem> problems = type.check(claims, TODAY);
                if (problems.stream().allMatch(ClaimProblem::warning)) {
                    type.derive(claims, TODAY);
                    type.lifecycle().lastDay(claims, TODAY);
                } else {
                    refused++;
                }
            }
        }
        assertTrue(refused > 10_000, "most junk is refused: " + refused);
    }

    @Test
    @DisplayName("A null is not a value")
    void nulls() {
        CredentialType type = CATALOGUE.type("resident-id-card").orElseThrow();
        Map<String, Object> claims = Samples.with(type, type.claims().get(0).path(), "x");
        claims.replaceAll((name, value) -> name.equals("valid_until") ? nothing() : value);
        assertEquals(
                List.of("valid_until"),
                type.check(claims, TODAY).stream().map(ClaimProblem::path).toList());
    }

    @Test
    @DisplayName("Whatever a file says, reading it gives a type or names the place of the mistake")
    void files() {
        int refused = 0;
        for (CredentialType type : CATALOGUE.types()) {
            String text = Json.write(type.definition());
            for (int round = 0; round < 150; round++) {
                refused += readOrRefuse(damaged(text)) ? 0 : 1;
            }
        }
        assertTrue(refused > 1000, "most damage is refused: " + refused);
    }

    @Test
    @DisplayName("Every validator answers to any text")
    void validators() {
        for (Validator validator : Validator.values()) {
            for (int round = 0; round < 500; round++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(40); length > 0; length--) {
                    text.append((char) (random.nextBoolean() ? '0' + random.nextInt(43) : random.nextInt(0xD800)));
                }
                validator
                        .check(text.toString())
                        .ifPresent(defect -> assertFalse(defect.en().isEmpty()));
            }
        }
    }

    private String damaged(String text) {
        int at = random.nextInt(text.length());
        int length = Math.min(text.length() - at, 1 + random.nextInt(4));
        String[] patches = {"", "\"", "{}", "null", "0", "[]", "x", "\u0000", "-1", "true,"};
        return text.substring(0, at) + patches[random.nextInt(patches.length)] + text.substring(at + length);
    }

    private static boolean readOrRefuse(String text) {
        try {
            CATALOGUE.with("damaged.json", text);
            return true;
        } catch (CatalogueException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("damaged.json: "));
            return false;
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SuppressWarnings("NullAway") // a null on purpose, as JSON may hold one
    private static Object nothing() {
        return null;
    }
}
