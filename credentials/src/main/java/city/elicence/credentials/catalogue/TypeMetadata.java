package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.Disclosure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SD-JWT VC type metadata document of a type (draft-ietf-oauth-sd-jwt-vc §4), served at its {@code vct}. */
public final class TypeMetadata {
    private static final String CHINESE = "zh-CN";
    private static final String ENGLISH = "en-US";

    private TypeMetadata() {}

    public static Map<String, Object> of(CredentialType type, String vctUrl) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("vct", vctUrl);
        metadata.put("name", type.label().en());
        metadata.put("description", type.description().en());
        metadata.put("display", List.of(display(type, CHINESE), display(type, ENGLISH)));
        List<Object> claims = new ArrayList<>();
        type.allClaims().forEach(claim -> claims.add(claim(claim)));
        metadata.put("claims", Collections.unmodifiableList(claims));
        return Collections.unmodifiableMap(metadata);
    }

    /** §4.5: display metadata, with the simple rendering of §4.5.1.1. */
    private static Map<String, Object> display(CredentialType type, String locale) {
        Map<String, Object> simple = new LinkedHashMap<>();
        logo(type)
                .ifPresent(uri -> simple.put(
                        "logo", Map.of("uri", uri, "alt_text", type.label().in(locale))));
        simple.put("background_color", type.card().colour());
        simple.put("text_color", type.card().ink());
        Map<String, Object> display = new LinkedHashMap<>();
        display.put("locale", locale);
        display.put("name", type.label().in(locale));
        display.put("description", type.description().in(locale));
        display.put("rendering", Map.of("simple", Collections.unmodifiableMap(simple)));
        return Collections.unmodifiableMap(display);
    }

    /** The emblem in the colour of the text, since a picture in a {@code data:} URI knows no current colour. */
    private static Optional<String> logo(CredentialType type) {
        return Catalogue.emblem(type.card().emblem())
                .map(svg -> svg.replace("currentColor", type.card().ink()))
                .map(svg -> "data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)));
    }

    /** §4.6: claim metadata. */
    private static Map<String, Object> claim(Claim claim) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("path", claim.path().toJson());
        metadata.put("display", List.of(label(claim, CHINESE), label(claim, ENGLISH)));
        metadata.put("mandatory", claim.mandatory());
        metadata.put("sd", claim.disclosure() == Disclosure.SELECTIVE ? "always" : "never");
        return Collections.unmodifiableMap(metadata);
    }

    private static Map<String, Object> label(Claim claim, String locale) {
        Map<String, Object> label = new LinkedHashMap<>();
        label.put("locale", locale);
        label.put("label", claim.label().in(locale));
        return Collections.unmodifiableMap(label);
    }
}
