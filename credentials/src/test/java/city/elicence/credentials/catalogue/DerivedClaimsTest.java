package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed on the day of issue, and what a type asks for before it. */
class DerivedClaimsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    @ParameterizedTest(name = "born {0}, on {1}: {2}")
    @CsvSource({
        "2008-11-23, 2026-11-22, false",
        "2008-11-23, 2026-11-23, true",
        "2008-02-29, 2026-02-28, false",
        "2008-02-29, 2026-03-01, true",
        "2030-01-01, 2026-11-23, false",
    })
    @DisplayName("Age is counted in whole years on the day of issue; of 29 February on 1 March")
    void age(String born, LocalDate onDay, boolean over18) {
        Derivation rule = new Derivation.AgeOver(ClaimPath.of("birth_date"), 18);
        assertEquals(over18, rule.compute(Map.of("birth_date", born), onDay));
        assertNull(rule.compute(Map.of(), onDay));
    }

    @Test
    @DisplayName("The threshold itself counts as at least")
    void atLeast() {
        Derivation rule = new Derivation.AtLeast(ClaimPath.of("capital"), 100);
        assertEquals(true, rule.compute(Map.of("capital", 100L), TODAY));
        assertEquals(false, rule.compute(Map.of("capital", 99L), TODAY));
        assertNull(rule.compute(Map.of(), TODAY));
    }

    @Test
    @DisplayName("A sample's derived claims say what the city's offices ask")
    void samples() {
        assertEquals(true, derived("resident-id-card").get("age_over_18"));
        assertEquals(false, derived("resident-id-card").get("age_over_60"));
        assertEquals(true, derived("driving-licence").get("may_drive_car"));
        assertEquals(true, derived("marriage-certificate").get("is_married"));
        assertEquals(true, derived("business-licence").get("capital_over_1_million"));
        assertEquals(false, derived("business-licence").get("capital_over_10_million"));
        assertEquals(2L, derived("account-file").get("owner_count"));
        assertEquals(true, derived("customs-declaration").get("is_released"));
    }

    @Test
    @DisplayName("A secret cannot be entered, and goes through derivation as it was made")
    void secrets() {
        CredentialType type = type("medical-invoice");
        Map<String, Object> made = new LinkedHashMap<>(type.sample());
        made.put("claim_secret", "AAAAAAAAAAAAAAAAAAAAAA");
        assertEquals("not-entered", type.check(made).get(0).code());
        assertEquals("AAAAAAAAAAAAAAAAAAAAAA", type.derive(made, TODAY).get("claim_secret"));
    }

    @Test
    @DisplayName("A licence ends with its own last day or its longest period, whichever comes first")
    void lastDay() {
        CredentialType licence = type("driving-licence");
        assertEquals(LocalDate.of(2030, 7, 2), licence.lifecycle().lastDay(licence.sample(), TODAY));
        CredentialType health = type("health-certificate");
        assertEquals(LocalDate.of(2027, 11, 23), health.lifecycle().lastDay(health.sample(), TODAY));
    }

    @Test
    @DisplayName("The evidence that a type requires is a DCQL query of OpenID4VP 1.0 §6 with this deployment's types")
    void evidence() throws Exception {
        int requiring = 0;
        for (CredentialType type : CATALOGUE.types()) {
            Evidence requires = type.requires();
            if (requires != null) {
                requiring++;
                DcqlQuery query = requires.query(id -> "https://city.example/types/" + id);
                String written = Json.write(query.toJson());
                assertTrue(written.contains("[\"https://city.example/types/"), written);
                assertEquals(query, DcqlQuery.parse(written));
            }
        }
        assertTrue(requiring > 10);
        assertThrows(
                UnsupportedOperationException.class,
                () -> type("advance").sample().clear());
    }

    @Test
    @DisplayName("Death, divorce and dissolution each have a licence that proves them and licences that they suspend")
    void life() {
        for (Lifecycle.Event event : Lifecycle.Event.values()) {
            assertEquals(1, proving(event).size(), event.name());
            assertFalse(suspended(event).isEmpty(), event.name());
        }
    }

    private static List<CredentialType> proving(Lifecycle.Event event) {
        return CATALOGUE.types().stream()
                .filter(type -> {
                    Lifecycle.Cause causes = type.lifecycle().causes();
                    return causes != null && causes.event() == event;
                })
                .toList();
    }

    private static List<CredentialType> suspended(Lifecycle.Event event) {
        return CATALOGUE.types().stream()
                .filter(type -> type.lifecycle().suspendedBy().stream().anyMatch(d -> d.event() == event))
                .toList();
    }

    private static Map<String, Object> derived(String id) {
        return type(id).derive(type(id).sample(), TODAY);
    }

    private static CredentialType type(String id) {
        return CATALOGUE.type(id).orElseThrow();
    }
}
