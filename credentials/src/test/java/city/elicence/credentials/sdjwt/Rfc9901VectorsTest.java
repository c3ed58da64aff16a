package city.elicence.credentials.sdjwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of RFC 9901 and of SD-JWT VC, whole. */
class Rfc9901VectorsTest {
    @TestFactory
    @DisplayName("RFC 9901: each SD-JWT in the text verifies, processes, and is written back byte for byte")
    List<DynamicTest> rfc9901() throws Exception {
        return examples("sd-jwt-rfc9901", 8);
    }

    @TestFactory
    @DisplayName("SD-JWT VC: each SD-JWT in the text verifies, processes, and is written back byte for byte")
    List<DynamicTest> sdJwtVc() throws Exception {
        return examples("sd-jwt-vc-draft", 5);
    }

    @Test
    @DisplayName("RFC 9901 §5.2, A.1 to A.4: the processed payload is the one in the text")
    void processedPayloads() throws Exception {
        assertPresented("5.2. Presentation");
        assertPresented("A.1. Simple Structured SD-JWT");
        assertPresented("A.2. Complex Structured SD-JWT");
        assertPresented("A.3. SD-JWT-based Verifiable Credentials (SD-JWT VC)");
        assertPresented("A.4. W3C Verifiable Credentials Data Model v2.0");
    }

    @Test
    @DisplayName(
            "RFC 9901 §5.2: nonce, audience and time of the key binding JWT, by the holder's key, over what is shown")
    void keyBinding() throws Exception {
        SdJwt shown = SdJwt.parse(value("5.2. Presentation"));
        KeyBinding binding = KeyBinding.of(shown);
        assertEquals("1234567890", binding.nonce());
        assertEquals("https://verifier.example.org", binding.audience());
        assertEquals(1748536865L, binding.issuedAt().getEpochSecond());
        assertEquals(
                "fMV05vuMARs3uG0Dg0BYd_7mQR9EGBkRof0cTZyuqXE", binding.claims().get("sd_hash"));
        assertTrue(binding.signedBy(holder(shown)));
        assertTrue(binding.covers(shown));
        assertFalse(binding.covers(shown.present(List.of())), "not over another selection");
    }

    @Test
    @DisplayName("RFC 9901 §5.1 to §5.2: selecting the same claims gives the same presentation")
    void presenting() throws Exception {
        SdJwt shown = SdJwt.parse(value("5.2. Presentation"));
        SdJwt issued = null;
        for (Map.Entry<String, String> example : Vectors.sections("sd-jwt-rfc9901", "compact.json", "value")) {
            if (example.getKey().equals("5.1. Issuance") && example.getValue().contains("~")) {
                issued = SdJwt.parse(example.getValue());
            }
        }
        List<String> names = new ArrayList<>();
        SdJwt selected = java.util.Objects.requireNonNull(issued)
                .present(shown.process().places().keySet());
        selected.disclosures().forEach(d -> names.add(d.encoded()));
        List<String> expected = new ArrayList<>();
        shown.disclosures().forEach(d -> expected.add(d.encoded()));
        assertEquals(sorted(expected), sorted(names));
    }

    private static List<DynamicTest> examples(String collection, int expected) throws JsonException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, String> example : Vectors.sections(collection, "compact.json", "value")) {
            if (example.getValue().contains("~")) {
                tests.add(DynamicTest.dynamicTest(example.getKey(), () -> check(example.getValue())));
            }
        }
        assertEquals(expected, tests.size());
        return tests;
    }

    private static void check(String compact) throws Exception {
        SdJwt sdJwt = SdJwt.parse(compact);
        assertEquals(compact, sdJwt.serialize());
        assertTrue(Rfc9901FactsTest.signedByExampleKey(sdJwt.issuerJwt()));
        assertEquals(sdJwt.disclosures().size(), sdJwt.process().places().size());
        if (sdJwt.keyBinding().isPresent()) {
            KeyBinding binding = KeyBinding.of(sdJwt);
            assertTrue(binding.signedBy(holder(sdJwt)));
            assertTrue(binding.covers(sdJwt));
        }
    }

    private static void assertPresented(String section) throws Exception {
        String last = "";
        for (Map.Entry<String, String> block : Vectors.sections("sd-jwt-rfc9901", "blocks.json", "text")) {
            last = block.getKey().equals(section) ? block.getValue() : last;
        }
        assertEquals(Json.parse(last), SdJwt.parse(value(section)).process().claims(), section);
    }

    /** The last SD-JWT of a section: what is presented. */
    private static String value(String section) throws JsonException {
        String value = "";
        for (Map.Entry<String, String> example : Vectors.sections("sd-jwt-rfc9901", "compact.json", "value")) {
            value = example.getKey().equals(section) ? example.getValue() : value;
        }
        return value;
    }

    private static EcPublicKey holder(SdJwt sdJwt) throws JsonException, JoseException {
        return EcPublicKey.fromJwk(Fields.of(sdJwt.payload()).fields("cnf").object("jwk"));
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }
}
