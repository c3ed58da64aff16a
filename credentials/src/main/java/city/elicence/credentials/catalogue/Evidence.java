package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What an applicant must show to be issued the licence.
 *
 * @param query a DCQL query (OpenID4VP 1.0 §6) in which {@code vct_values} are type ids
 * @param same what the evidence must agree on with the claims of the licence
 */
public record Evidence(Map<String, Object> query, List<Agreement> same) {
    /** The claim of the new licence equals a claim of the evidence shown for the query's credential. */
    public record Agreement(ClaimPath claim, String credential, ClaimPath evidence) {}

    public Evidence {
        same = List.copyOf(same);
    }

    /** The DCQL query to send: type ids replaced by the {@code vct} values of this deployment. */
    public Map<String, Object> query(UnaryOperator<String> vctOfType) {
        return replaceTypes(query, vctOfType);
    }

    private static Map<String, Object> replaceTypes(Map<?, ?> object, UnaryOperator<String> vctOfType) {
        Map<String, Object> replaced = new LinkedHashMap<>();
        object.forEach((key, value) -> replaced.put((String) key, switchTypes((String) key, value, vctOfType)));
        return replaced;
    }

    private static Object switchTypes(String key, Object value, UnaryOperator<String> vctOfType) {
        if (value instanceof Map<?, ?> object) {
            return replaceTypes(object, vctOfType);
        }
        if (value instanceof List<?> list) {
            List<Object> replaced = new ArrayList<>();
            list.forEach(element -> replaced.add(
                    key.equals("vct_values") && element instanceof String type
                            ? vctOfType.apply(type)
                            : switchTypes("", element, vctOfType)));
            return replaced;
        }
        return value;
    }
}
