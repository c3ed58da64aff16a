package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

    private static final Pattern REVERSE_DOMAIN = Pattern.compile("[a-z0-9]+(\\.[A-Za-z0-9_-]+)+");

    public Mdoc {
        Map<String, List<Element>> copy = new LinkedHashMap<>();
        namespaces.forEach((name, elements) -> copy.put(name, List.copyOf(elements)));
        namespaces = Collections.unmodifiableMap(copy);
    }

    static Mdoc read(Entry entry, Claims claims) throws CatalogueException {
        entry.only("doctype", "namespaces");
        Map<String, List<Element>> namespaces = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> namespace :
                entry.get("namespaces").fields().entrySet()) {
            List<Element> elements = new ArrayList<>();
            for (Entry element : namespace.getValue().elements()) {
                elements.add(readElement(element, claims));
            }
            namespaces.put(namespace.getKey(), elements);
        }
        return new Mdoc(entry.get("doctype").text(REVERSE_DOMAIN, "a reverse domain name"), namespaces);
    }

    private static Element readElement(Entry entry, Claims claims) throws CatalogueException {
        entry.only("element", "as", "claim", "constant");
        Optional<Entry> claim = entry.find("claim");
        Optional<Entry> constant = entry.find("constant");
        if (claim.isPresent() == constant.isPresent()) {
            throw entry.expected("either a claim or a constant");
        }
        return new Element(
                entry.get("element").text(),
                entry.get("as").word(Encoding.class),
                claim.isPresent() ? claims.path(claim.get()) : null,
                constant.isPresent() ? constant.get().text() : null);
    }
}
