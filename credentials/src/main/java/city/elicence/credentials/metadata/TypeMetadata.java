package city.elicence.credentials.metadata;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.Claim.Disclosure;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Kind;
import city.elicence.credentials.catalogue.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SD-JWT VC type metadata document of a type (draft-ietf-oauth-sd-jwt-vc §4), served at its {@code vct}. */
public final class TypeMetadata {
    private static final String CHINESE = "zh-CN";
    private static final String ENGLISH = "en-US";

    private TypeMetadata() {}

    /**
     * Of a type.
     *
     * @param logo a picture of its emblem
     * @param kind the type that it extends, or null
     */
    public static Map<String, Object> of(CredentialType type, String vct, PinnedLink logo, @Nullable PinnedLink kind) {
        Map<String, Object> metadata = top(vct, type.label(), type.description());
        if (kind != null) {
            metadata.put("extends", kind.uri());
            metadata.put("extends#integrity", kind.integrity());
        }
        metadata.put("display", List.of(display(type, CHINESE, logo), display(type, ENGLISH, logo)));
        metadata.put("claims", claims(type.allClaims()));
        return Collections.unmodifiableMap(metadata);
    }

    /** Of what several types have in common. */
    public static Map<String, Object> of(Kind kind, String vct) {
        Map<String, Object> metadata = top(vct, kind.label(), kind.description());
        metadata.put(
                "display",
                List.of(
                        named(kind.label(), kind.description(), CHINESE),
                        named(kind.label(), kind.description(), ENGLISH)));
        metadata.put("claims", claims(kind.claims()));
        return Collections.unmodifiableMap(metadata);
    }

    private static Map<String, Object> top(String vct, Label name, Label description) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("vct", vct);
        metadata.put("name", name.en());
        metadata.put("description", description.en());
        return metadata;
    }

    private static List<Object> claims(List<Claim> all) {
        List<Object> claims = new ArrayList<>();
        all.forEach(claim -> claims.add(claim(claim, all)));
        return Collections.unmodifiableList(claims);
    }

    private static Map<String, Object> named(Label name, Label description, String locale) {
        Map<String, Object> display = new LinkedHashMap<>();
        display.put("locale", locale);
        display.put("name", name.in(locale));
        display.put("description", description.in(locale));
        return display;
    }

    /** §4.5: display metadata, with the simple rendering of §4.5.1.1. */
    private static Map<String, Object> display(CredentialType type, String locale, PinnedLink logo) {
        Map<String, Object> picture = new LinkedHashMap<>();
        picture.put("uri", logo.uri());
        picture.put("uri#integrity", logo.integrity());
        picture.put("alt_text", type.label().in(locale));
        Map<String, Object> simple = new LinkedHashMap<>();
        simple.put("logo", picture);
        simple.put("background_color", type.card().colour());
        simple.put("text_color", type.card().ink());
        Map<String, Object> display = named(type.label(), type.description(), locale);
        display.put("rendering", Map.of("simple", Collections.unmodifiableMap(simple)));
        return Collections.unmodifiableMap(display);
    }

    /** §4.6: claim metadata. */
    private static Map<String, Object> claim(Claim claim, List<Claim> all) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("path", claim.path().toJson());
        metadata.put("display", List.of(label(claim, CHINESE), label(claim, ENGLISH)));
        metadata.put("mandatory", isMandatory(claim, all));
        metadata.put("sd", claim.disclosure() == Disclosure.SELECTIVE ? "always" : "never");
        return Collections.unmodifiableMap(metadata);
    }

    /** In every credential of the type: with us a mandatory member is so where what holds it is there. */
    private static boolean isMandatory(Claim claim, List<Claim> all) {
        return all.stream().filter(each -> each.path().covers(claim.path())).allMatch(Claim::mandatory);
    }

    private static Map<String, Object> label(Claim claim, String locale) {
        Map<String, Object> label = new LinkedHashMap<>();
        label.put("locale", locale);
        label.put("label", claim.label().in(locale));
        return Collections.unmodifiableMap(label);
    }
}
