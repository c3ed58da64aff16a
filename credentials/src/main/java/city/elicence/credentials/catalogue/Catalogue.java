package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.CredentialType.Ask;
import city.elicence.credentials.catalogue.Lifecycle.Supersession;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.json.ClaimPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of licence a city knows, and the roles of those who issue and ask. Immutable: adding a type gives another
 * catalogue. Whoever can change a type's file can change what a licence says and who may ask for it; the digest of each type
 * on the ledger makes that visible.
 */
public final class Catalogue {
    private static final String INDEX = "index.json";

    private final Map<String, Role> roles;
    private final Map<String, CredentialType> types;
    private final List<Kind> kinds;

    /** A kind of authority or relying party, such as {@code traffic-police} or {@code bank}. */
    public record Role(String id, Label label) {}

    private Catalogue(Map<String, Role> roles, Map<String, CredentialType> types, List<Kind> kinds) {
        this.roles = Collections.unmodifiableMap(roles);
        this.types = Collections.unmodifiableMap(types);
        this.kinds = Collections.unmodifiableList(kinds);
    }

    /** The types that come with the software; read once. */
    public static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    /** Read at first use: some milliseconds, and it is asked for with each licence. */
    private static final class BuiltIn {
        static final Catalogue CATALOGUE = readBuiltIn();
    }

    private static Catalogue readBuiltIn() {
        try {
            Entry index = Entry.parse(INDEX, required(INDEX)).only("roles", "kinds", "types");
            Map<String, Role> roles = new LinkedHashMap<>();
            for (Map.Entry<String, Entry> role : index.get("roles").fields().entrySet()) {
                roles.put(role.getKey(), new Role(role.getKey(), Label.read(role.getValue())));
            }
            Map<String, String> textByFile = new LinkedHashMap<>();
            for (Entry type : index.get("types").elements()) {
                String file = type.text() + ".json";
                textByFile.put(file, required(file));
            }
            List<Kind> kinds = new ArrayList<>();
            for (Entry kind : index.elements("kinds")) {
                kinds.add(Kind.read(kind));
            }
            return new Catalogue(roles, Map.of(), kinds).withAll(textByFile);
        } catch (CatalogueException e) {
            throw new IllegalStateException("the built-in catalogue is broken: " + e.getMessage(), e);
        }
    }

    /** This catalogue with one type more, or with a type replaced by a later version. */
    public Catalogue with(String file, String text) throws CatalogueException {
        return withAll(Map.of(file, text));
    }

    /** This catalogue with the types of further files, text by file name: they may refer to one another. */
    public Catalogue withAll(Map<String, String> textByFile) throws CatalogueException {
        Map<String, CredentialType> more = new LinkedHashMap<>(types);
        Map<String, String> fileOfNew = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : textByFile.entrySet()) {
            CredentialType type = CredentialType.read(file.getKey(), file.getValue());
            CredentialType known = types.get(type.id());
            if (fileOfNew.put(type.id(), file.getKey()) != null) {
                throw new CatalogueException(file.getKey(), "id", "expected an id that no other file has");
            }
            if (known != null
                    && known.version() >= type.version()
                    && !known.digest().equals(type.digest())) {
                throw new CatalogueException(
                        file.getKey(),
                        "version",
                        "expected a version above " + known.version() + " for a changed type");
            }
            more.put(type.id(), type);
        }
        Catalogue catalogue = new Catalogue(roles, more, kinds);
        for (Map.Entry<String, String> added : fileOfNew.entrySet()) {
            catalogue.checkReferences(added.getValue(), catalogue.known(added.getKey()));
        }
        return catalogue;
    }

    /** This catalogue with one role more. */
    public Catalogue withRole(Role role) {
        Map<String, Role> more = new LinkedHashMap<>(roles);
        more.put(role.id(), role);
        return new Catalogue(more, types, kinds);
    }

    /** In the order of the index, then as added. */
    public Collection<CredentialType> types() {
        return types.values();
    }

    public Optional<CredentialType> type(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** What some types have in common. */
    public List<Kind> kinds() {
        return kinds;
    }

    /** The kind that a type is of. */
    public Optional<Kind> kindOf(CredentialType type) {
        return kinds.stream().filter(kind -> kind.types().contains(type.id())).findFirst();
    }

    /** The type whose {@code vct} this is, by the id after {@code /types/}. */
    public Optional<CredentialType> byVct(String vct) {
        int at = vct.lastIndexOf("/types/");
        return at < 0 ? Optional.empty() : type(vct.substring(at + "/types/".length()));
    }

    /** The type whose licences are also mobile documents of this document type. */
    public Optional<CredentialType> byDoctype(String doctype) {
        for (CredentialType type : types.values()) {
            Mdoc mdoc = type.mdoc();
            if (mdoc != null && mdoc.doctype().equals(doctype)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public Collection<Role> roles() {
        return roles.values();
    }

    public Optional<Role> role(String id) {
        return Optional.ofNullable(roles.get(id));
    }

    /** The types that a role may issue. */
    public List<CredentialType> issuedBy(String role) {
        List<CredentialType> issued = new ArrayList<>();
        for (CredentialType type : types.values()) {
            if (type.issuers().contains(role)) {
                issued.add(type);
            }
        }
        return Collections.unmodifiableList(issued);
    }

    /** The drawing of that name, as an SVG document of 24 by 24. */
    public static Optional<String> emblem(String name) {
        return name.matches("[a-z][a-z-]*")
                ? Optional.ofNullable(resource("emblems/" + name + ".svg"))
                : Optional.empty();
    }

    private CredentialType known(String id) {
        CredentialType type = types.get(id);
        if (type == null) {
            throw new IllegalArgumentException("no type " + id);
        }
        return type;
    }

    /** What a type says about roles, other types and drawings is about ones that there are. */
    private void checkReferences(String file, CredentialType type) throws CatalogueException {
        checkRoles(file, "issuers", type.issuers());
        for (Ask ask : type.asks()) {
            checkRoles(file, "asks", ask.roles());
        }
        Optional<Kind> kind = kindOf(type);
        if (kind.isPresent()) {
            kind.get().checkOf(file, type);
        }
        if (!emblem(type.card().emblem()).isPresent()) {
            throw new CatalogueException(file, "card.emblem", "expected the name of a drawing in emblems/");
        }
        for (Supersession supersession : type.lifecycle().supersedes()) {
            checkClaims(
                    file,
                    "supersedes",
                    supersession.type(),
                    supersession.match().keySet());
        }
        Evidence requires = type.requires();
        if (requires != null) {
            for (CredentialQuery asked : requires.query().credentials()) {
                for (String evidenceType : Evidence.typesOf(asked)) {
                    checkClaims(file, "requires", evidenceType, Evidence.pathsOf(asked));
                }
            }
        }
    }

    private void checkRoles(String file, String path, List<String> named) throws CatalogueException {
        for (String role : named) {
            if (!roles.containsKey(role)) {
                throw new CatalogueException(file, path, "expected roles of the index, not \"" + role + "\"");
            }
        }
    }

    private void checkClaims(String file, String path, String typeId, Collection<ClaimPath> claims)
            throws CatalogueException {
        CredentialType type = types.get(typeId);
        if (type == null) {
            throw new CatalogueException(file, path, "expected a type of the catalogue, not \"" + typeId + "\"");
        }
        for (ClaimPath claim : claims) {
            if (!type.claim(claim).isPresent()) {
                throw new CatalogueException(file, path, "expected a claim of " + typeId + ", not \"" + claim + "\"");
            }
        }
    }

    private static String required(String name) {
        String text = resource(name);
        if (text == null) {
            throw new IllegalStateException("the built-in catalogue lacks " + name);
        }
        return text;
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream("/catalogue/" + name)) {
            if (in == null) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] chunk = new byte[8192];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                bytes.write(chunk, 0, read);
            }
            // Not toString(Charset), which Android has only from API 33.
            return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in " + name, e);
        }
    }
}
