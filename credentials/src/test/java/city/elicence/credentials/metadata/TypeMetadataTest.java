package city.elicence.credentials.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** draft-ietf-oauth-sd-jwt-vc §4, for every built-in type. */
class TypeMetadataTest {
    private static final PinnedLink LOGO = new PinnedLink("https://city.example/logo.png", Integrity.of(new byte[1]));

    static Stream<CredentialType> types() {
        return Catalogue.builtIn().types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("§4.2: vct is REQUIRED; name and description are for developers")
    void top(CredentialType type) throws JsonException {
        Fields metadata = metadata(type);
        assertEquals(type.vct("https://city.example"), metadata.string("vct"));
        assertEquals(type.label().en(), metadata.string("name"));
        metadata.only("vct", "name", "description", "display", "claims");
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("§4.5: display is a non-empty array with an object for each language; locale and name are REQUIRED")
    void display(CredentialType type) throws JsonException {
        Set<String> locales = new HashSet<>();
        for (Map<String, Object> display : metadata(type).objects("display")) {
            Fields fields = Fields.of(display).only("locale", "name", "description", "rendering");
            assertTrue(locales.add(fields.string("locale")), "one object a language");
            assertEquals(type.label().in(fields.string("locale")), fields.string("name"));
            Fields simple = fields.fields("rendering").fields("simple");
            Fields logo = simple.fields("logo").only("uri", "uri#integrity", "alt_text");
            assertEquals(LOGO.uri(), logo.string("uri"));
            assertEquals(LOGO.integrity(), logo.string("uri#integrity"));
            assertEquals(type.card().colour(), simple.string("background_color"));
        }
        assertEquals(Set.of("zh-CN", "en-US"), locales);
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("§4.6: each claim has its path, a label for each language, mandatory and sd")
    void claims(CredentialType type) throws JsonException {
        List<Map<String, Object>> claims = metadata(type).objects("claims");
        assertEquals(type.allClaims().size(), claims.size());
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = type.allClaims().get(i);
            Fields fields = Fields.of(claims.get(i)).only("path", "display", "mandatory", "sd");
            assertEquals(claim.path().toJson(), fields.list("path"));
            if (claim.path().steps().size() == 1) {
                assertEquals(claim.mandatory(), fields.bool("mandatory"));
            }
            boolean selective = claim.disclosure() == Claim.Disclosure.SELECTIVE;
            assertEquals(selective ? "always" : "never", fields.string("sd"));
            List<String> labels = new ArrayList<>();
            for (Map<String, Object> label : fields.objects("display")) {
                labels.add(Fields.of(label).string("label"));
            }
            assertEquals(List.of(claim.label().zh(), claim.label().en()), labels);
        }
    }

    @Test
    @DisplayName("§4.6.1: null in a path stands for every element of an array")
    void everyElement() {
        CredentialType type = Catalogue.builtIn().type("medical-invoice").orElseThrow();
        String written = Json.write(TypeMetadata.of(type, "https://city.example/types/medical-invoice", LOGO, null));
        assertTrue(written.contains("\"path\":[\"items\",null,\"amount\"]"), written);
    }

    private static Fields metadata(CredentialType type) throws JsonException {
        return Fields.parse(Json.write(TypeMetadata.of(type, type.vct("https://city.example"), LOGO, null)));
    }
}
