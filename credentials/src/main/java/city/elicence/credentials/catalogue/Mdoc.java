package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Collection;
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

    /** What a data element is filled from. */
    public sealed interface Source {
        /** A claim of the licence. */
        record OfClaim(ClaimPath path) implements Source {}

        /** Always the same text. */
        record Constant(String text) implements Source {}

        /** The issuer's name in Latin letters, to which §7.2.1 limits some elements. */
        record IssuerName() implements Source {}
    }

    /**
     * A data element.
     *
     * @param label what people call it, or null where its claim says so
     */
    public record Element(
            String name,
            Encoding encoding,
            Source source,
            @Nullable Label label) {}

    private static final Pattern REVERSE_DOMAIN = Pattern.compile("[a-z0-9]+(\\.[A-Za-z0-9_-]+)+");

    public Mdoc {
        Map<String, List<Element>> copy = new LinkedHashMap<>();
        namespaces.forEach((name, elements) -> copy.put(name, List.copyOf(elements)));
        namespaces = Collections.unmodifiableMap(copy);
    }

    /**
     * The data elements by which claims can be learnt, as DCQL names them (OpenID4VP 1.0 §7.2): those filled from one of
     * these claims, and those that say nothing about the holder.
     */
    public List<ClaimPath> elementsFor(Collection<ClaimPath> claims) {
        List<ClaimPath> paths = new ArrayList<>();
        namespaces.forEach((name, elements) -> {
            for (Element element : elements) {
                if (!(element.source() instanceof Source.OfClaim source)
                        || claims.stream().anyMatch(claim -> claim.covers(source.path()))) {
                    paths.add(ClaimPath.of(name).then(element.name()));
                }
            }
        });
        return paths;
    }

    /** The data element that a DCQL query names by namespace and identifier (OpenID4VP 1.0 §7.2). */
    public Optional<Element> element(ClaimPath path) {
        for (Map.Entry<String, List<Element>> namespace : namespaces.entrySet()) {
            for (Element element : namespace.getValue()) {
                if (ClaimPath.of(namespace.getKey()).then(element.name()).equals(path)) {
                    return Optional.of(element);
                }
            }
        }
        return Optional.empty();
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
        entry.only("element", "as", "claim", "constant", "issuer", "label");
        Optional<Entry> label = entry.find("label");
        return new Element(
                entry.get("element").text(),
                entry.get("as").word(Encoding.class),
                source(entry, claims),
                label.isPresent() ? Label.read(label.get()) : null);
    }

    private static Source source(Entry entry, Claims claims) throws CatalogueException {
        List<Source> sources = new ArrayList<>();
        Optional<Entry> claim = entry.find("claim");
        if (claim.isPresent()) {
            sources.add(new Source.OfClaim(claims.path(claim.get())));
        }
        Optional<Entry> constant = entry.find("constant");
        if (constant.isPresent()) {
            sources.add(new Source.Constant(constant.get().text()));
        }
        if (entry.flag("issuer")) {
            sources.add(new Source.IssuerName());
        }
        if (sources.size() != 1) {
            throw entry.expected("one of claim, constant and issuer");
        }
        return sources.get(0);
    }
}
