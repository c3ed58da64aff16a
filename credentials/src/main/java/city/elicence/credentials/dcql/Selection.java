package city.elicence.credentials.dcql;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processing of a claims path pointer (OpenID4VP 1.0 §7.1.1), which also remembers where each element stands. */
final class Selection {
    /** More elements than any credential has; a query cannot make a wallet walk further. */
    private static final int MAX_SELECTED = 10_000;

    private Selection() {}

    /** An element and its own path, without nulls. */
    record Selected(ClaimPath path, @Nullable Object value) {}

    private record Node(
            List<@Nullable Object> steps, @Nullable Object value) {
        Node child(Object step, @Nullable Object value) {
            List<@Nullable Object> longer = new ArrayList<>(steps);
            longer.add(step);
            return new Node(longer, value);
        }
    }

    /** The selected elements; empty where the standard says "abort processing and return an error". */
    static List<Selected> of(ClaimPath path, Map<String, Object> claims) {
        List<Node> nodes = List.of(new Node(List.of(), claims));
        for (Object step : path.steps()) {
            List<Node> next = new ArrayList<>();
            for (Node node : nodes) {
                if (!select(node, step, next) || next.size() > MAX_SELECTED) {
                    return List.of();
                }
            }
            nodes = next;
        }
        List<Selected> selected = new ArrayList<>();
        for (Node node : nodes) {
            selected.add(new Selected(new ClaimPath(node.steps()), node.value()));
        }
        return selected;
    }

    /** Step 2 for one selected element; false: it is of the wrong kind, abort. */
    private static boolean select(Node node, @Nullable Object step, List<Node> into) {
        if (step instanceof String name) {
            if (!(node.value() instanceof Map<?, ?> object)) {
                return false;
            }
            if (object.containsKey(name)) {
                into.add(node.child(name, object.get(name)));
            }
            return true;
        }
        if (!(node.value() instanceof List<?> array)) {
            return false;
        }
        for (int i = 0; i < array.size(); i++) {
            boolean wanted = step == null || (step instanceof Long index && index == i);
            if (wanted && !HeldCredential.UNDISCLOSED.equals(array.get(i))) {
                into.add(node.child((long) i, array.get(i)));
            }
        }
        return true;
    }
}
