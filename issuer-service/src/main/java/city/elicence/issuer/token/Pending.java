package city.elicence.issuer.token;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.List;
import java.util.Optional;

/** The parameters of a pushed request, as its row keeps them. */
record Pending(
        String codeChallenge,
        List<String> types,
        boolean identified,
        Optional<String> state,
        Optional<String> issuerState) {
    Pending {
        types = List.copyOf(types);
    }

    static Pending read(String json) {
        try {
            Fields fields = Fields.parse(json);
            return new Pending(
                    fields.string("code_challenge"),
                    fields.strings("types"),
                    fields.bool("identified"),
                    fields.optString("state"),
                    fields.optString("issuer_state"));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a pushed request's row does not read", unreadable);
        }
    }
}
