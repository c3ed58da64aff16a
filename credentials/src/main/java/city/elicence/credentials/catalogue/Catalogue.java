package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The types of licence a city knows, and the roles of those who issue and ask. Immutable: adding a type gives another. */
public final class Catalogue {
    private final Map<String, Role> roles;
    private final Map<String, CredentialType> types;

    /** A kind of authority or relying party, such as {@code traffic-police} or {@code bank}. */
    public record Role(String id, Label label) {}

    private Catalogue(Map<String, Role> roles, Map<String, CredentialType> types) {
        this.roles = new LinkedHashMap<>(roles);
        this.types = new LinkedHashMap<>(types);
    }

    /** The types that come with the software. */
    public static Catalogue builtIn() {
        return new Catalogue(Map.of(), Map.of());
    }

    /** This catalogue with one type more, or with a type replaced by its next version. */
    public Catalogue with(String file, String text) throws CatalogueException {
        return withAll(Map.of(file, text));
    }

    /** This catalogue with the types of further files, by file name: they may refer to one another. */
    public Catalogue withAll(Map<String, String> textByFile) throws CatalogueException {
        Map<String, CredentialType> more = new LinkedHashMap<>(types);
        for (Map.Entry<String, String> file : textByFile.entrySet()) {
            CredentialType type = CredentialType.read(file.getKey(), file.getValue());
            more.put(type.id(), type);
        }
        return new Catalogue(roles, more);
    }

    public Collection<CredentialType> types() {
        return java.util.Collections.unmodifiableCollection(types.values());
    }

    public Optional<CredentialType> type(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** The type whose {@code vct} this is: by the id after {@code /types/}. */
    public Optional<CredentialType> byVct(String vct) {
        int at = vct.lastIndexOf("/types/");
        return at < 0 ? Optional.empty() : type(vct.substring(at + "/types/".length()));
    }

    public Collection<Role> roles() {
        return java.util.Collections.unmodifiableCollection(roles.values());
    }

    public Optional<Role> role(String id) {
        return Optional.ofNullable(roles.get(id));
    }

    /** The drawing of that name, as an SVG document. */
    public static Optional<String> emblem(String name) {
        return Optional.empty();
    }
}
