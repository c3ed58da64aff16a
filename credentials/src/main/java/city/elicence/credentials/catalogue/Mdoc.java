package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the type is written as an ISO mdoc (ISO/IEC 18013-5 §7).
 *
 * @param namespaces data elements by namespace, in order
 */
public record Mdoc(String doctype, Map<String, List<Element>> namespaces) {

    /** CDDL types of data elements that the claims are turned into. */
    public enum Encoding {
        TSTR,
        FULL_DATE,
        TDATE,
        UINT,
        BOOL,
        BSTR,
        /** ISO/IEC 5218: 1 male, 2 female. */
        SEX,
        /** ISO/IEC 18013-5 §7.2.4. */
        DRIVING_PRIVILEGES
    }

    /**
     * A data element: of a claim, or always the same text.
     *
     * @param claim the claim it is filled from, or null
     * @param constant the text it always has, or null; exactly one of the two is there
     */
    public record Element(
            String name,
            Encoding encoding,
            @Nullable ClaimPath claim,
            @Nullable String constant) {
        public Element {
            if ((claim == null) == (constant == null)) {
                throw new IllegalArgumentException("a data element has a claim or a constant");
            }
        }
    }

    public Mdoc {
        Map<String, List<Element>> copy = new LinkedHashMap<>();
        namespaces.forEach((name, elements) -> copy.put(name, List.copyOf(elements)));
        namespaces = java.util.Collections.unmodifiableMap(copy);
    }
}
