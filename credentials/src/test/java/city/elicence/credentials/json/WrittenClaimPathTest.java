package city.elicence.credentials.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenClaimPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"name", "address.street", "items[*].amount", "nationalities[0]", "grid[*][2].x"})
    @DisplayName("The written form of a claim path reads back as the same path")
    void roundTrip(String written) {
        assertEquals(written, ClaimPath.parse(written).toString());
        assertEquals(
                ClaimPath.parse(written),
                ClaimPath.parse(ClaimPath.parse(written).toString()));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §7: a name, null for every element, a name")
    void steps() {
        assertEquals(ClaimPath.of("items", null, "amount"), ClaimPath.parse("items[*].amount"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a[", "a[]", "[0]", "a[-1]", "a[*", "a]b", "a[0]b"})
    @DisplayName("What is no written path is refused")
    void refused(String written) {
        assertThrows(IllegalArgumentException.class, () -> ClaimPath.parse(written));
    }
}
