package city.elicence.credentials.dcql;

import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The response parameter {@code vp_token} (OpenID4VP 1.0 §8.1): for each credential query that is answered, presentations,
 * each a string (SD-JWT VC, base64url of a DeviceResponse) or an object.
 */
public record VpToken(Map<String, List<Object>> presentations) {
    public VpToken {
        Map<String, List<Object>> copy = new LinkedHashMap<>();
        presentations.forEach((id, list) -> copy.put(id, List.copyOf(list)));
        presentations = Collections.unmodifiableMap(copy);
    }

    /** One presentation for each credential query. */
    public static VpToken ofOne(Map<String, String> presentations) {
        Map<String, List<Object>> lists = new LinkedHashMap<>();
        presentations.forEach((id, presentation) -> lists.put(id, List.of(presentation)));
        return new VpToken(lists);
    }

    /**
     * Reads a VP token that answers a query: known ids only, arrays that are not empty, and one presentation alone where
     * the query did not say {@code multiple}.
     */
    public static VpToken parse(Map<String, Object> json, DcqlQuery query) throws JsonException {
        Map<String, List<Object>> presentations = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : json.entrySet()) {
            CredentialQuery asked = query.credential(entry.getKey())
                    .orElseThrow(() -> new JsonException("vp_token: expected ids of the query only"));
            if (!(entry.getValue() instanceof List<?> list)) {
                throw new JsonException("vp_token." + asked.id() + ": expected an array of presentations");
            }
            presentations.put(asked.id(), presentations(asked, list));
        }
        return new VpToken(presentations);
    }

    private static List<Object> presentations(CredentialQuery asked, List<?> list) throws JsonException {
        if (list.size() > 1 && !asked.multiple()) {
            throw new JsonException("vp_token." + asked.id() + ": expected one presentation");
        }
        List<Object> presentations = new ArrayList<>();
        for (Object presentation : Limits.size("vp_token." + asked.id(), list)) {
            if (!(presentation instanceof String) && !(presentation instanceof Map)) {
                throw new JsonException("vp_token." + asked.id() + ": expected strings or objects");
            }
            presentations.add(presentation);
        }
        return presentations;
    }

    /** The JSON tree. */
    public Map<String, Object> toJson() {
        return Collections.unmodifiableMap(new LinkedHashMap<String, Object>(presentations));
    }
}
