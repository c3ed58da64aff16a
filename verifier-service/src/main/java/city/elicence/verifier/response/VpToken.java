package city.elicence.verifier.response;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VP Token (OpenID4VP 1.0 §8.1): presentations by the id of the credential query they answer.
 *
 * @param byQuery each list has at least one presentation
 */
public record VpToken(Map<String, List<String>> byQuery) {
    private static final int MOST_QUERIES = 32;
    private static final int MOST_PRESENTATIONS = 64;

    public VpToken {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        byQuery.forEach((id, presentations) -> copy.put(id, List.copyOf(presentations)));
        byQuery = java.util.Collections.unmodifiableMap(copy);
    }

    /** Reads the token's form; what the presentations say is for the next step to judge. */
    public static VpToken read(@Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map) || map.isEmpty() || map.size() > MOST_QUERIES) {
            throw malformed("vp_token: an object with 1 to " + MOST_QUERIES + " entries, one a credential query");
        }
        Map<String, List<String>> byQuery = new LinkedHashMap<>();
        int count = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getValue() instanceof List<?> list) || list.isEmpty()) {
                throw malformed("vp_token: each entry is an array of at least one presentation");
            }
            List<String> presentations = new ArrayList<>();
            for (Object item : list) {
                if (!(item instanceof String presentation) || presentation.isEmpty()) {
                    throw malformed("vp_token: each presentation is a string");
                }
                presentations.add(presentation);
            }
            count += presentations.size();
            byQuery.put((String) entry.getKey(), presentations);
        }
        if (count > MOST_PRESENTATIONS) {
            throw malformed("vp_token: at most " + MOST_PRESENTATIONS + " presentations");
        }
        return new VpToken(byQuery);
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed(expected));
    }
}
