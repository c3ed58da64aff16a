package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Samples that have been tampered with. */
final class Samples {
    private Samples() {}

    /** A copy of the sample in which the first value at the path is another, or is gone where {@code value} is null. */
    static Map<String, Object> with(CredentialType type, ClaimPath path, @Nullable Object value) {
        Map<String, Object> copy = copy(type.sample());
        set(copy, path.steps(), value);
        return copy;
    }

    static @Nullable Object first(CredentialType type, ClaimPath path) {
        List<@Nullable Object> found = path.select(type.sample());
        return found.isEmpty() ? null : found.get(0);
    }

    @SuppressWarnings("unchecked")
    private static void set(Object at, List<@Nullable Object> steps, @Nullable Object value) {
        Object step = steps.get(0);
        List<@Nullable Object> rest = steps.subList(1, steps.size());
        if (at instanceof List<?> list) {
            if (rest.isEmpty() && value != null) {
                ((List<Object>) list).set(0, value);
            } else {
                set(list.get(0), rest, value);
            }
        } else if (at instanceof Map<?, ?> map) {
            Map<String, Object> object = (Map<String, Object>) map;
            String name = String.valueOf(step);
            if (!rest.isEmpty()) {
                set(object.computeIfAbsent(name, n -> new LinkedHashMap<>()), rest, value);
            } else if (value == null) {
                object.remove(name);
            } else {
                object.put(name, value);
            }
        }
    }

    private static Map<String, Object> copy(Map<?, ?> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put((String) name, copyOf(value)));
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> object) {
            return copy(object);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copyOf(element)));
            return copy;
        }
        return value;
    }
}
