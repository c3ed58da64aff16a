package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInTypesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    static Stream<CredentialType> types() {
        return CATALOGUE.types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Every sample passes its own check, warnings included")
    void sample(CredentialType type) {
        assertEquals(List.of(), type.check(type.sample(), TODAY));
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("Every sample is marked as test data")
    void marked(CredentialType type) {
        assertTrue(Json.write(type.sample()).contains("测试"));
    }
}
