package city.elicence.credentials.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A claims path pointer (OpenID4VP 1.0 §7): names go into objects, non-negative integers into arrays, and null stands for every
 * element of an array.
 */
public record ClaimPath(List<@Nullable Object> steps) {
    public static final int MAX_STEPS = Json.MAX_DEPTH;

    private static final Pattern WRITTEN_INDEX = Pattern.compile("\\[(\\*|[0-9]{1,9})]");
    private static final Pattern WRITTEN_STEP = Pattern.compile("([^\\[\\]]+)((?:" + WRITTEN_INDEX.pattern() + ")*)");

    public ClaimPath {
        if (steps.isEmpty() || steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException("a claim path has 1 to " + MAX_STEPS + " steps");
        }
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object step : steps) {
            copy.add(checked(step));
        }
        steps = Collections.unmodifiableList(copy);
    }

    /** A path of names, integers and nulls. */
    public static ClaimPath of(@Nullable Object... steps) {
        return new ClaimPath(Arrays.asList(steps));
    }

    /** The written form that {@link #toString} gives; names have no dot and no bracket. */
    public static ClaimPath parse(String written) {
        List<@Nullable Object> steps = new ArrayList<>();
        for (String part : written.split("\\.", -1)) {
            Matcher matcher = WRITTEN_STEP.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("expected a claim path such as address.street or items[*].amount");
            }
            steps.add(matcher.group(1));
            Matcher index = WRITTEN_INDEX.matcher(matcher.group(2));
            while (index.find()) {
                steps.add(index.group(1).equals("*") ? null : Long.valueOf(index.group(1)));
            }
        }
        return new ClaimPath(steps);
    }

    /** The path as it stands in a query: a JSON array. */
    public static ClaimPath fromJson(@Nullable Object json) throws JsonException {
        if (!(json instanceof List<?> list)) {
            throw new JsonException("expected a claim path: a non-empty array of names, integers and nulls");
        }
        try {
            return new ClaimPath(Collections.<@Nullable Object>unmodifiableList(list));
        } catch (IllegalArgumentException e) {
            throw new JsonException("expected a claim path: " + e.getMessage(), e);
        }
    }

    public List<Object> toJson() {
        return Collections.<Object>unmodifiableList(steps);
    }

    /** This path, one step further. */
    public ClaimPath then(@Nullable Object step) {
        List<@Nullable Object> longer = new ArrayList<>(steps);
        longer.add(step);
        return new ClaimPath(longer);
    }

    /** Whether this path, with null standing for any index, leads to {@code concrete} or to something that contains it. */
    public boolean covers(ClaimPath concrete) {
        return steps.size() <= concrete.steps.size() && agreesWith(concrete, steps.size());
    }

    /** Whether something on the way to, or below, one path lies on the other. */
    public boolean overlaps(ClaimPath other) {
        return agreesWith(other, Math.min(steps.size(), other.steps.size()));
    }

    /** The elements selected in a tree (§7.1); empty when the path leads nowhere. A selected JSON null is a null in the list. */
    public List<@Nullable Object> select(@Nullable Object tree) {
        List<@Nullable Object> selected = new ArrayList<>();
        selected.add(tree);
        for (Object step : steps) {
            List<@Nullable Object> next = new ArrayList<>();
            for (Object node : selected) {
                descend(node, step, next);
            }
            selected = next;
        }
        return selected;
    }

    /** For people and logs: {@code address.street}, {@code nationalities[0]}, {@code degrees[*].type}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof String name) {
                text.append(text.length() == 0 ? "" : ".").append(name);
            } else {
                text.append('[').append(step == null ? "*" : step).append(']');
            }
        }
        return text.toString();
    }

    private boolean agreesWith(ClaimPath other, int length) {
        for (int i = 0; i < length; i++) {
            Object mine = steps.get(i);
            Object theirs = other.steps.get(i);
            boolean wild =
                    (mine == null && !(theirs instanceof String)) || (theirs == null && !(mine instanceof String));
            if (!wild && (mine == null || !mine.equals(theirs))) {
                return false;
            }
        }
        return true;
    }

    private static void descend(@Nullable Object node, @Nullable Object step, List<@Nullable Object> into) {
        if (step instanceof String name) {
            if (node instanceof Map<?, ?> map && map.containsKey(name)) {
                into.add(map.get(name));
            }
        } else if (node instanceof List<?> list) {
            if (step == null) {
                into.addAll(list);
            } else if ((Long) step < list.size()) {
                into.add(list.get((int) (long) (Long) step));
            }
        }
    }

    private static @Nullable Object checked(@Nullable Object step) {
        if (step == null || step instanceof String) {
            return step;
        }
        if (step instanceof Integer index && index >= 0) {
            return (long) index;
        }
        if (step instanceof Long index && index >= 0 && index <= Integer.MAX_VALUE) {
            return index;
        }
        throw new IllegalArgumentException("a step of a claim path is a name, a non-negative integer or null");
    }
}
