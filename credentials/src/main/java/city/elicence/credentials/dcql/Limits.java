package city.elicence.credentials.dcql;

import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that recur all over a query: arrays that are not empty and not endless, identifiers of the allowed letters. */
final class Limits {
    static final int MAX_ELEMENTS = 100;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private Limits() {}

    static <C extends Collection<?>> C size(String field, C elements) throws JsonException {
        if (elements.isEmpty() || elements.size() > MAX_ELEMENTS) {
            throw new JsonException(field + ": expected a non-empty array of at most " + MAX_ELEMENTS);
        }
        return elements;
    }

    static String identifier(String field, String id) throws JsonException {
        if (!IDENTIFIER.matcher(id).matches()) {
            throw new JsonException(field + ": expected letters, digits, underscores and hyphens, 128 at most");
        }
        return id;
    }

    static void unique(String field, Collection<String> ids) throws JsonException {
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!seen.add(id)) {
                throw new JsonException(field + ": expected each id once");
            }
        }
    }

    static List<String> strings(String field, Object json) throws JsonException {
        List<String> strings = new ArrayList<>();
        if (json instanceof List<?> list) {
            for (Object element : size(field, list)) {
                if (!(element instanceof String text)) {
                    throw new JsonException(field + ": expected an array of strings");
                }
                strings.add(text);
            }
            return strings;
        }
        throw new JsonException(field + ": expected an array of strings");
    }

    /** An array of arrays of identifiers, each of which must be among those known. */
    static List<List<String>> combinations(String field, List<Object> json, Set<String> known) throws JsonException {
        List<List<String>> combinations = new ArrayList<>();
        for (Object combination : size(field, json)) {
            List<String> ids = strings(field, combination);
            if (!known.containsAll(ids)) {
                throw new JsonException(field + ": expected ids that the query defines");
            }
            unique(field, ids);
            combinations.add(ids);
        }
        return combinations;
    }
}
