package city.elicence.company.dossier;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The references in a document's claims, wherever in it they stand. */
final class References {
    /** The claims, by the names that the catalogue's types share, whose value links documents of one consignment or property. */
    private static final Set<String> NAMES = Set.of("awb", "declaration_number", "contract_number", "unit_code");

    private References() {}

    static Set<String> in(Map<String, Object> claims) {
        Set<String> found = new LinkedHashSet<>();
        collect(claims, found);
        return found;
    }

    private static void collect(@Nullable Object value, Set<String> found) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> {
                if (member instanceof String text && NAMES.contains(name)) {
                    found.add(text);
                } else {
                    collect(member, found);
                }
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(member -> collect(member, found));
        }
    }
}
