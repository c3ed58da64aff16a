package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What several types have in common: a type that they extend (SD-JWT VC, "Extending Type Metadata") and that is never issued.
 *
 * @param id the last step of its {@code vct}, which no type has
 * @param types those that extend it
 */
public record Kind(String id, Label label, Label description, List<String> types, List<Claim> claims) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public Kind {
        types = List.copyOf(types);
        claims = List.copyOf(claims);
    }

    static Kind read(Entry entry) throws CatalogueException {
        entry.only("id", "label", "description", "types", "claims");
        List<String> types = new ArrayList<>();
        for (Entry type : entry.elements("types")) {
            types.add(type.text());
        }
        return new Kind(
                entry.get("id").text(ID, "an id of lower-case letters, digits and hyphens"),
                Label.read(entry.get("label")),
                Label.read(entry.get("description")),
                types,
                Claim.readAll(entry.get("claims"), null));
    }

    /** The {@code vct} of the kind at a deployment's base address. */
    public String vct(String base) {
        return base + (base.endsWith("/") ? "" : "/") + "types/" + id;
    }

    /** SD-JWT VC, "Limitations for sd and mandatory": a type changes no {@code sd} of its kind, and lets nothing mandatory out. */
    void checkOf(String file, CredentialType type) throws CatalogueException {
        for (Claim common : claims) {
            Optional<Claim> own = type.claim(common.path());
            if (!own.isPresent()
                    || own.get().disclosure() != common.disclosure()
                    || (common.mandatory() && !own.get().mandatory())) {
                throw new CatalogueException(
                        file, "claims", "expected " + common.path() + " as in the kind \"" + id + "\"");
            }
        }
    }
}
