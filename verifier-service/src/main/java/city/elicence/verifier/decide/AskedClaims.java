package city.elicence.verifier.decide;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of what was shown, only what was asked: a wallet that shows more does not make us keep more. */
final class AskedClaims {
    /** Stands for "nothing at this path", as a JSON null is a value. */
    private static final Object NOTHING = new Object();

    private AskedClaims() {}

    /** The claims at these paths, in a tree of the same shape; array elements that were not asked are left out. */
    static Map<String, Object> of(Map<String, Object> claims, Collection<ClaimPath> asked) {
        Object kept = keep(claims, asked.stream().map(ClaimPath::steps).toList());
        return kept instanceof Map<?, ?> ? cast(kept) : Map.of();
    }

    private static @Nullable Object keep(@Nullable Object node, List<List<@Nullable Object>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return node;
        }
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> kept = new LinkedHashMap<>();
            map.forEach((name, value) -> put(kept, (String) name, keep(value, below(paths, name))));
            return kept.isEmpty() ? NOTHING : kept;
        }
        if (node instanceof List<?> list) {
            List<@Nullable Object> kept = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                Object element = keep(list.get(i), below(paths, (long) i));
                if (element != NOTHING) {
                    kept.add(element);
                }
            }
            return kept.isEmpty() ? NOTHING : kept;
        }
        return NOTHING;
    }

    /** What is left of the paths that go through this name or index; a null step is every element. */
    private static List<List<@Nullable Object>> below(List<List<@Nullable Object>> paths, Object step) {
        List<List<@Nullable Object>> below = new ArrayList<>();
        for (List<@Nullable Object> path : paths) {
            Object first = path.get(0);
            if (first == null ? step instanceof Long : first.equals(step)) {
                below.add(path.subList(1, path.size()));
            }
        }
        return below;
    }

    @SuppressWarnings("NullAway") // JSON null is a value of a tree
    private static void put(Map<String, Object> kept, String name, @Nullable Object value) {
        if (value != NOTHING) {
            kept.put(name, value);
        }
    }

    @SuppressWarnings("unchecked") // made above
    private static Map<String, Object> cast(Object kept) {
        return (Map<String, Object>) kept;
    }
}
