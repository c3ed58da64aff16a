package city.elicence.ledger.indy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is written on a DID, within what the nodes of a pool can take")
class AttributeTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DID = "did:indy:beijing:V4SGRU86Z58d6TV7PBUe6f";

    @Test
    @DisplayName("a root with two hyphens in a row stands deflated, without them, and is read back the same")
    void hyphens() throws JsonException {
        LogHead head = new LogHead(Did.parse(DID), 7, "--" + "A".repeat(41), AT);
        Attribute attribute = Attribute.of(head);
        assertFalse(attribute.raw().contains("--"), attribute.raw());
        assertEquals(LedgerJson.write(head), read(attribute));
    }

    @Test
    @DisplayName("whoever asks for much, the text never holds two hyphens in a row, and is read back the same")
    void muchIsDeflated() throws JsonException {
        for (int more = 0; more < 60; more++) {
            String suffix = "-" + more;
            List<AskGrant> asks = IntStream.range(0, 60)
                    .mapToObj(type -> new AskGrant(
                            "type-" + type * 7919 + suffix, List.of(ClaimPath.of("name")), Period.from(AT)))
                    .toList();
            Accreditation party = new Accreditation(
                    Did.parse(DID), new Names("机关", "Office"), Set.of(), List.of(), List.of(), asks, null);
            Attribute attribute = Attribute.of(party);
            assertTrue(attribute.raw().length() <= Attribute.MAX_LENGTH);
            assertFalse(attribute.raw().contains("--"), attribute.raw());
            assertEquals(LedgerJson.write(party), read(attribute));
        }
    }

    @Test
    @DisplayName("a value that is said to be deflated and is not is refused as such")
    void notDeflated() {
        for (String text : List.of("!", "AAAA", "eJw=")) {
            Map<String, Object> object = Map.of("log", Map.of("deflated", text));
            assertThrows(JsonException.class, () -> Attribute.value(object, "log"));
        }
    }

    private static Map<String, Object> read(Attribute attribute) throws JsonException {
        return Attribute.value(Fields.parse(attribute.raw()).map(), attribute.name());
    }
}
