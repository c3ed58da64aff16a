package city.elicence.credentials.dcql;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.Map;
import java.util.Set;

/** A credential for tests. */
record Held(
        String format,
        Set<String> types,
        Map<String, Object> claims,
        Set<String> authorityKeyIds,
        boolean isHolderBound)
        implements HeldCredential {
    static Held sdJwtVc(String vct, String claims) throws JsonException {
        return new Held("dc+sd-jwt", Set.of(vct), Json.parseObject(claims), Set.of(), true);
    }

    static Held mdoc(String doctype, String claims) throws JsonException {
        return new Held("mso_mdoc", Set.of(doctype), Json.parseObject(claims), Set.of(), true);
    }

    Held by(String authorityKeyId) {
        return new Held(format, types, claims, Set.of(authorityKeyId), isHolderBound);
    }

    Held unbound() {
        return new Held(format, types, claims, authorityKeyIds, false);
    }
}
