package city.elicence.verifier.receipt;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.DisclosedClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The names of what was shown, and no value.
 *
 * @param paths every place at which there was something
 * @param disclosed those that the holder chose to disclose
 */
record ShownFields(List<String> paths, List<String> disclosed) {
    ShownFields {
        paths = List.copyOf(paths);
        disclosed = List.copyOf(disclosed);
    }

    static ShownFields of(DisclosedClaims shown) {
        TreeSet<String> paths = new TreeSet<>();
        collect("", shown.claims(), paths);
        return new ShownFields(
                List.copyOf(paths),
                shown.places().keySet().stream().map(ClaimPath::toString).toList());
    }

    private static void collect(String path, Object value, TreeSet<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> collect(path.isEmpty() ? "" + name : path + '.' + name, member, paths));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(path + '[' + i + ']', list.get(i), paths);
            }
        }
    }

    /** Whether a receipt names nothing that was not shown, and leaves nothing out that was chosen to be. */
    boolean areThoseOf(List<String> receipt) {
        try {
            List<ClaimPath> named = receipt.stream().map(ClaimPath::parse).toList();
            return paths.containsAll(receipt)
                    && disclosed.stream()
                            .map(ClaimPath::parse)
                            .allMatch(place -> named.stream().anyMatch(each -> each.overlaps(place)));
        } catch (IllegalArgumentException noPath) {
            return false;
        }
    }

    String text() {
        return Json.write(Map.of("paths", paths, "disclosed", disclosed));
    }

    static ShownFields read(String text) {
        try {
            Fields fields = Fields.parse(text);
            return new ShownFields(
                    new ArrayList<>(fields.strings("paths")), new ArrayList<>(fields.strings("disclosed")));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a row of what was shown cannot be read", unreadable);
        }
    }
}
