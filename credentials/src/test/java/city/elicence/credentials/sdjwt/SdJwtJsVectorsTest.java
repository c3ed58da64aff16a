package city.elicence.credentials.sdjwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of another implementation, sd-jwt-js: claims, what is disclosable, what is shown, what is seen. */
class SdJwtJsVectorsTest {
    private final SdJwtIssuer issuer = new SdJwtIssuer(SoftwareKey.generate(), new SecureRandom());

    @TestFactory
    @DisplayName("sd-jwt-js: issuing and presenting by its frames shows what it shows")
    List<DynamicTest> cases() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Vectors.files("sd-jwt-js-core")) {
            tests.add(DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check(file)));
        }
        assertTrue(tests.size() >= 17);
        return tests;
    }

    private void check(Path file) throws Exception {
        Fields json = Fields.parse(Vectors.read(file));
        List<ClaimPath> selective = new ArrayList<>();
        disclosable(json.object("disclosureFrame"), json.object("claims"), null, selective);
        List<ClaimPath> wanted = new ArrayList<>();
        wanted(json.object("presentationFrames"), json.object("claims"), null, wanted);

        SdJwt issued = issuer.issue(Map.of(), json.object("claims"), Frame.of(selective));
        assertEquals(json.object("claims"), issued.process().claims());
        Map<String, Object> shown =
                SdJwt.parse(issued.present(wanted).serialize()).process().claims();
        if (String.valueOf(file.getFileName()).equals("array_none_disclosed.json")) {
            // RFC 9901 §7.1 step 3.5: an object left without properties is {}; their file leaves it out.
            assertEquals(Map.of("is_over", Map.of()), shown);
        } else {
            assertEquals(json.object("presentedClaims"), shown);
        }
    }

    /** Their frame: in each object {@code _sd} lists names or indices, other names go one level down. */
    private static void disclosable(
            Map<String, Object> frame, @Nullable Object claims, @Nullable ClaimPath at, List<ClaimPath> into)
            throws JsonException {
        for (Map.Entry<String, Object> entry : frame.entrySet()) {
            if (entry.getKey().equals("_sd")) {
                for (Object name : Fields.of(frame).list("_sd")) {
                    into.add(then(at, claims, String.valueOf(name)));
                }
            } else if (entry.getValue() instanceof Map<?, ?>) {
                ClaimPath below = then(at, claims, entry.getKey());
                disclosable(Fields.of(frame).object(entry.getKey()), at(claims, entry.getKey()), below, into);
            }
        }
    }

    private static void wanted(
            Map<String, Object> frame, @Nullable Object claims, @Nullable ClaimPath at, List<ClaimPath> into)
            throws JsonException {
        for (Map.Entry<String, Object> entry : frame.entrySet()) {
            ClaimPath below = then(at, claims, entry.getKey());
            if (entry.getValue() instanceof Map<?, ?>) {
                wanted(Fields.of(frame).object(entry.getKey()), at(claims, entry.getKey()), below, into);
            } else if (Boolean.TRUE.equals(entry.getValue())) {
                into.add(below);
            }
        }
    }

    private static ClaimPath then(@Nullable ClaimPath at, @Nullable Object claims, String name) {
        Object step = claims instanceof List<?> ? (Object) Integer.valueOf(name) : name;
        return at == null ? ClaimPath.of(step) : at.then(step);
    }

    private static @Nullable Object at(@Nullable Object claims, String name) {
        if (claims instanceof List<?> list) {
            int index = Integer.parseInt(name);
            return index < list.size() ? list.get(index) : null;
        }
        return claims instanceof Map<?, ?> map ? map.get(name) : null;
    }
}
