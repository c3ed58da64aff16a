package city.elicence.credentials.sdjwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9901 §7.1: what MUST be rejected. */
class RejectionTest {
    private static final Disclosure NAME = Disclosure.ofProperty("salt-1", "name", "Li");
    private static final Disclosure ELEMENT = Disclosure.ofElement("salt-2", "CN");

    @ParameterizedTest
    @DisplayName("§7.1 step 3: a disclosure that is not an array of salt, name, value or of salt, value")
    @ValueSource(
            strings = {
                "{}",
                "\"text\"",
                "[]",
                "[\"salt\"]",
                "[\"salt\",\"name\",1,2]",
                "[1,\"name\",2]",
                "[null,2]",
                "[\"salt\",7,\"value\"]",
                "[\"salt\",\"name\",1",
                "[\"salt\",\"name\",{\"a\":1,\"a\":2}]"
            })
    void malformedDisclosure(String json) {
        rejected(SdJwtProblem.DISCLOSURE_MALFORMED, () -> Disclosure.parse(Base64Url.encodeText(json)));
    }

    @Test
    @DisplayName("§4.2.1: a disclosure is base64url, and in one way only")
    void notBase64Url() {
        rejected(SdJwtProblem.DISCLOSURE_MALFORMED, () -> Disclosure.parse(NAME.encoded() + "="));
        rejected(SdJwtProblem.DISCLOSURE_MALFORMED, () -> Disclosure.parse("!"));
        rejected(SdJwtProblem.DISCLOSURE_MALFORMED, () -> Disclosure.parse(""));
    }

    @Test
    @DisplayName("§7.1 step 2.5: an _sd_alg that is not understood")
    void unknownHash() {
        Map<String, Object> payload = new LinkedHashMap<>(sd(NAME));
        for (Object name : new Object[] {"md5", "SHA-256", 256L, "sha-256-128"}) {
            payload.put("_sd_alg", name);
            rejected(SdJwtProblem.HASH_ALGORITHM_NOT_ACCEPTED, () -> Disclosing.process(payload, List.of(NAME)));
        }
    }

    @Test
    @DisplayName("§4.1.1: other hash algorithms of the registry are understood")
    void otherHash() throws Exception {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("_sd", List.of(NAME.digest(HashAlgorithm.SHA_512)));
        payload.put("_sd_alg", "sha-512");
        assertEquals(
                Map.of("name", "Li"), Disclosing.process(payload, List.of(NAME)).claims());
    }

    @Test
    @DisplayName("§7.1 step 3.3.2.1: a property's digest with an array element's disclosure, and the reverse")
    void wrongKind() {
        rejected(SdJwtProblem.DISCLOSURE_MALFORMED, () -> Disclosing.process(sd(ELEMENT), List.of(ELEMENT)));
        Map<String, Object> array = Map.of("list", List.of(Map.of("...", digest(NAME))));
        rejected(SdJwtProblem.DISCLOSURE_MALFORMED, () -> Disclosing.process(array, List.of(NAME)));
    }

    @ParameterizedTest
    @DisplayName("§7.1 step 3.3.2.2: a disclosure of a claim named _sd or ...")
    @ValueSource(strings = {"_sd", "..."})
    void reservedName(String name) throws Exception {
        Disclosure disclosure = Disclosure.parse(Base64Url.encodeText(Json.write(List.of("salt", name, "x"))));
        rejected(
                SdJwtProblem.DISCLOSURE_OF_RESERVED_NAME,
                () -> Disclosing.process(sd(disclosure), List.of(disclosure)));
    }

    @Test
    @DisplayName("§7.1 step 3.3.2.3: a claim that exists already at that level, signed or disclosed")
    void collision() {
        Map<String, Object> payload = new LinkedHashMap<>(sd(NAME));
        payload.put("name", "Wang");
        rejected(SdJwtProblem.CLAIM_EXISTS_ALREADY, () -> Disclosing.process(payload, List.of(NAME)));
        Disclosure twin = Disclosure.ofProperty("salt-9", "name", "Wang");
        rejected(SdJwtProblem.CLAIM_EXISTS_ALREADY, () -> Disclosing.process(sd(NAME, twin), List.of(NAME, twin)));
    }

    @Test
    @DisplayName("§7.1 step 4: a digest that is encountered twice, in one list, in two, or within a disclosure")
    void repeatedDigest() {
        rejected(SdJwtProblem.DIGEST_REPEATED, () -> Disclosing.process(sd(NAME, NAME), List.of(NAME)));
        rejected(SdJwtProblem.DIGEST_REPEATED, () -> Disclosing.process(sd(NAME, NAME), List.of()));
        Map<String, Object> payload = new LinkedHashMap<>(sd(NAME));
        payload.put("inner", sd(NAME));
        rejected(SdJwtProblem.DIGEST_REPEATED, () -> Disclosing.process(payload, List.of(NAME)));
        Disclosure outer = Disclosure.ofProperty("salt-3", "outer", sd(NAME));
        rejected(SdJwtProblem.DIGEST_REPEATED, () -> Disclosing.process(sd(NAME, outer), List.of(NAME, outer)));
    }

    @Test
    @DisplayName("§7.1 step 5: a disclosure that no digest references, and one sent twice")
    void unreferenced() {
        rejected(SdJwtProblem.DISCLOSURE_NOT_REFERENCED, () -> Disclosing.process(Map.of(), List.of(NAME)));
        rejected(SdJwtProblem.DISCLOSURE_NOT_REFERENCED, () -> Disclosing.process(sd(NAME), List.of(NAME, NAME)));
    }

    @Test
    @DisplayName("§7.1 step 5: a disclosure whose digest stands only in a disclosure that was not sent")
    void orphan() {
        Disclosure outer = Disclosure.ofProperty("salt-3", "outer", sd(NAME));
        rejected(SdJwtProblem.DISCLOSURE_NOT_REFERENCED, () -> Disclosing.process(sd(outer), List.of(NAME)));
    }

    @Test
    @DisplayName("§4.1 rule 7: _sd that is not an array of strings, ... that conveys no digest, _sd_alg below the top")
    void misusedNames() throws Exception {
        List<Object> mixed = new ArrayList<>(List.of(digest(NAME)));
        mixed.add(7L);
        for (Object sd : new Object[] {"text", Map.of(), mixed, 1L}) {
            rejected(SdJwtProblem.RESERVED_NAME_MISUSED, () -> Disclosing.process(Map.of("_sd", sd), List.of()));
        }
        for (String payload : List.of(
                "{\"...\":\"x\"}",
                "{\"a\":{\"...\":\"x\"}}",
                "{\"a\":[{\"...\":\"x\",\"b\":1}]}",
                "{\"a\":[{\"...\":7}]}",
                "{\"a\":{\"_sd_alg\":\"sha-256\"}}",
                "{\"_sd\":null}")) {
            Map<String, Object> parsed = Json.parseObject(payload);
            rejected(SdJwtProblem.RESERVED_NAME_MISUSED, () -> Disclosing.process(parsed, List.of()));
        }
    }

    @Test
    @DisplayName("Limits: disclosures nested in one another deeper than any claim may be")
    void depth() {
        List<Disclosure> chain = new ArrayList<>();
        Disclosure inner = Disclosure.ofProperty("salt", "x", 1L);
        chain.add(inner);
        for (int i = 0; i < Json.MAX_DEPTH; i++) {
            inner = Disclosure.ofProperty("salt", "x", sd(inner));
            chain.add(inner);
        }
        Map<String, Object> payload = sd(inner);
        rejected(SdJwtProblem.MALFORMED, () -> Disclosing.process(payload, chain));
    }

    @Test
    @DisplayName("§4: not of the form JWT~disclosures~[KB-JWT], or beyond the limits")
    void form() {
        String jwt = "eyJhbGciOiJFUzI1NiJ9.e30.AA";
        for (String text : List.of(
                "",
                "~",
                jwt,
                "a.b.c~",
                jwt + "~~",
                jwt + "~" + NAME.encoded(),
                jwt + "~" + NAME.encoded() + "~x",
                jwt + "~" + NAME.encoded() + "~~",
                jwt + "~" + (NAME.encoded() + "~").repeat(SdJwt.MAX_DISCLOSURES + 1),
                "x".repeat(SdJwt.MAX_LENGTH + 1))) {
            assertThrows(SdJwtException.class, () -> SdJwt.parse(text));
        }
    }

    private static Map<String, Object> sd(Disclosure... disclosures) {
        List<Object> digests = new ArrayList<>();
        for (Disclosure disclosure : disclosures) {
            digests.add(digest(disclosure));
        }
        return Map.of("_sd", digests);
    }

    private static String digest(Disclosure disclosure) {
        return disclosure.digest(HashAlgorithm.SHA_256);
    }

    private static void rejected(SdJwtProblem problem, Executable attempt) {
        assertEquals(problem, assertThrows(SdJwtException.class, attempt).problem());
    }
}
