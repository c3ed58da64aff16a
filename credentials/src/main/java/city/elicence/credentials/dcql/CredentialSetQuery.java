package city.elicence.credentials.dcql;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Combinations of credentials of which one satisfies a use case (OpenID4VP 1.0 §6.2).
 *
 * @param options lists of ids of credential queries
 * @param required whether the use case must be satisfied
 */
public record CredentialSetQuery(List<List<String>> options, boolean required) {
    public CredentialSetQuery {
        List<List<String>> copy = new ArrayList<>();
        for (List<String> option : options) {
            copy.add(List.copyOf(option));
        }
        options = Collections.unmodifiableList(copy);
    }

    static CredentialSetQuery parse(Map<String, Object> json, Set<String> credentialIds) throws JsonException {
        Fields fields = Fields.of(json);
        boolean required = !fields.has("required") || fields.bool("required");
        return new CredentialSetQuery(
                Limits.combinations("credential_sets.options", fields.list("options"), credentialIds), required);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("options", options);
        if (!required) {
            json.put("required", false);
        }
        return json;
    }
}
