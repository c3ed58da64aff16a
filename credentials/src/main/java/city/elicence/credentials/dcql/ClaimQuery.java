package city.elicence.credentials.dcql;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One claim that is asked for (OpenID4VP 1.0 §6.3).
 *
 * @param id how claim sets call it; may be absent where there are none
 * @param path where it stands
 * @param values the values of which it must have one; any when empty
 * @param intentToRetain for an mdoc (annex B.2.4), whether the verifier says that it will keep the claim; null says nothing
 */
public record ClaimQuery(
        @Nullable String id,
        ClaimPath path,
        List<Object> values,
        @Nullable Boolean intentToRetain) {
    public ClaimQuery {
        values = List.copyOf(values);
    }

    /** A claim with any value. */
    public static ClaimQuery of(ClaimPath path) {
        return new ClaimQuery(null, path, List.of(), null);
    }

    static ClaimQuery parse(Map<String, Object> json, String format) throws JsonException {
        Fields fields = Fields.of(json);
        String id = fields.optString("id").orElse(null);
        if (id != null) {
            Limits.identifier("claims.id", id);
        }
        ClaimPath path = ClaimPath.fromJson(fields.list("path"));
        if (format.equals(TypeRule.MDOC)
                && (path.steps().size() != 2 || !path.steps().stream().allMatch(String.class::isInstance))) {
            // §7.2: a namespace and a data element identifier.
            throw new JsonException("claims.path: expected two strings for an mdoc");
        }
        List<Object> values = new ArrayList<>();
        if (fields.has("values")) {
            for (Object value : Limits.size("claims.values", fields.list("values"))) {
                values.add(value(value));
            }
        }
        Boolean retain = fields.has("intent_to_retain") ? fields.bool("intent_to_retain") : null;
        return new ClaimQuery(id, path, values, retain);
    }

    private static Object value(@Nullable Object value) throws JsonException {
        if (value instanceof String
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof Boolean) {
            return value;
        }
        throw new JsonException("claims.values: expected strings, integers and booleans");
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (id != null) {
            json.put("id", id);
        }
        json.put("path", path.toJson());
        if (!values.isEmpty()) {
            json.put("values", values);
        }
        if (intentToRetain != null) {
            json.put("intent_to_retain", intentToRetain);
        }
        return json;
    }

    /**
     * The places in a tree of claims at which this query finds what it asks for: nulls in the path replaced by indices,
     * and without those whose value is not among {@link #values} (§6.4.1: as if they did not exist). Empty: no match.
     */
    List<ClaimPath> findIn(Map<String, Object> claims) {
        List<ClaimPath> found = new ArrayList<>();
        for (Selection.Selected selected : Selection.of(path, claims)) {
            if (values.isEmpty() || (selected.value() != null && values.contains(selected.value()))) {
                found.add(selected.path());
            }
        }
        return found;
    }
}
