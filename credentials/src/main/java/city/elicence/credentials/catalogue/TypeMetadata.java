package city.elicence.credentials.catalogue;

import java.util.Map;

/** The SD-JWT VC type metadata document of a type (draft-ietf-oauth-sd-jwt-vc §4), served at its {@code vct}. */
public final class TypeMetadata {
    private TypeMetadata() {}

    public static Map<String, Object> of(CredentialType type, String vctUrl) {
        return Map.of("vct", vctUrl, "name", type.label().en());
    }
}
