package city.elicence.credentials.dcql;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a credential query's {@code meta} says (OpenID4VP 1.0 §6.1 and annex B): types of which one must fit. Each
 * alternative lists types that must all be there; for SD-JWT VC and mdoc that is a single one.
 *
 * @param alternatives none when {@code meta} is empty, which places no constraint
 */
public record TypeRule(List<List<String>> alternatives) {
    static final String SD_JWT_VC = "dc+sd-jwt";
    static final String MDOC = "mso_mdoc";
    private static final Set<String> W3C = Set.of("jwt_vc_json", "ldp_vc");

    public TypeRule {
        List<List<String>> copy = new ArrayList<>();
        for (List<String> alternative : alternatives) {
            copy.add(List.copyOf(alternative));
        }
        alternatives = Collections.unmodifiableList(copy);
    }

    /** One of these types. */
    public static TypeRule anyOf(List<String> types) {
        List<List<String>> alternatives = new ArrayList<>();
        for (String type : types) {
            alternatives.add(List.of(type));
        }
        return new TypeRule(alternatives);
    }

    static TypeRule parse(String format, Map<String, Object> meta) throws JsonException {
        Fields fields = Fields.of(meta);
        if (meta.isEmpty()) {
            return new TypeRule(List.of());
        }
        if (format.equals(SD_JWT_VC)) {
            return anyOf(Limits.size("vct_values", fields.strings("vct_values")));
        }
        if (format.equals(MDOC)) {
            return anyOf(List.of(fields.string("doctype_value")));
        }
        if (W3C.contains(format)) {
            List<List<String>> alternatives = new ArrayList<>();
            for (Object alternative : Limits.size("type_values", fields.list("type_values"))) {
                alternatives.add(Limits.strings("type_values", alternative));
            }
            return new TypeRule(alternatives);
        }
        return new TypeRule(List.of());
    }

    Map<String, Object> toJson(String format) {
        if (alternatives.isEmpty()) {
            return Map.of();
        }
        if (format.equals(MDOC)) {
            return Map.of("doctype_value", alternatives.get(0).get(0));
        }
        if (!format.equals(SD_JWT_VC)) {
            return Map.of("type_values", alternatives);
        }
        List<String> types = new ArrayList<>();
        for (List<String> alternative : alternatives) {
            types.add(alternative.get(0));
        }
        return Map.of("vct_values", types);
    }

    boolean fits(Set<String> types) {
        return alternatives.isEmpty() || alternatives.stream().anyMatch(types::containsAll);
    }
}
