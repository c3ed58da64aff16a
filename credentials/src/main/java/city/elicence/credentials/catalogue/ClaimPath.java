package city.elicence.credentials.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim stands in a credential: {@code holder.name}, or {@code items[].amount} for the amount of every item. It
 * is the subset of the claims path pointer (OpenID4VP 1.0 §7, SD-JWT VC claim metadata) that has names and "every
 * element", and no single index.
 */
public record ClaimPath(List<String> steps) implements Comparable<ClaimPath> {
    /** The step for "every element of the array"; in JSON it is {@code null}. */
    public static final String EACH = "[]";

    private static final int MOST_STEPS = 8;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public ClaimPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a claim path has 1 to " + MOST_STEPS + " steps");
        }
        for (int i = 0; i < steps.size(); i++) {
            boolean each = steps.get(i).equals(EACH);
            if (each ? i == 0 : !NAME.matcher(steps.get(i)).matches()) {
                throw new IllegalArgumentException("a step of a claim path is a name in lower_case, or [] after one");
            }
        }
    }

    public static ClaimPath of(String... steps) {
        return new ClaimPath(List.of(steps));
    }

    /** Reads the written form, {@code items[].amount}. */
    public static ClaimPath parse(String written) {
        List<String> steps = new ArrayList<>();
        for (String part : written.split("\\.", -1)) {
            int bracket = part.indexOf(EACH);
            steps.add(bracket < 0 ? part : part.substring(0, bracket));
            for (int at = bracket; at >= 0 && at < part.length(); at += EACH.length()) {
                steps.add(part.substring(at, Math.min(part.length(), at + EACH.length())));
            }
        }
        return new ClaimPath(steps);
    }

    public ClaimPath then(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new ClaimPath(longer);
    }

    public String first() {
        return steps.get(0);
    }

    /** As a JSON array of names and nulls, for DCQL and type metadata. */
    public List<@Nullable Object> toJson() {
        List<@Nullable Object> json = new ArrayList<>();
        for (String step : steps) {
            json.add(step.equals(EACH) ? null : step);
        }
        return Collections.unmodifiableList(json);
    }

    /** Every value that stands at this path, in order; none where a step is missing. */
    public List<Object> valuesIn(Map<String, ?> claims) {
        List<Object> found = List.of((Object) claims);
        for (String step : steps) {
            List<Object> next = new ArrayList<>();
            for (Object value : found) {
                if (step.equals(EACH) && value instanceof List<?> elements) {
                    elements.forEach(e -> addPresent(next, e));
                } else if (value instanceof Map<?, ?> object) {
                    addPresent(next, object.get(step));
                }
            }
            found = next;
        }
        return found;
    }

    private static void addPresent(List<Object> values, @Nullable Object value) {
        if (value != null) {
            values.add(value);
        }
    }

    @Override
    public int compareTo(ClaimPath other) {
        return toString().compareTo(other.toString());
    }

    /** The written form, which {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder written = new StringBuilder();
        for (String step : steps) {
            written.append(step.equals(EACH) || written.length() == 0 ? "" : ".")
                    .append(step);
        }
        return written.toString();
    }
}
