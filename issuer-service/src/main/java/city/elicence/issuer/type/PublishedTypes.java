package city.elicence.issuer.type;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Kind;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.metadata.Integrity;
import city.elicence.credentials.metadata.PinnedLink;
import city.elicence.credentials.metadata.TypeMetadata;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Type metadata at the {@code vct}'s address (SD-JWT VC, "Retrieving Type Metadata"). A credential names by {@code vct#integrity}
 * the document of the day on which it was issued; what a credential was issued with is kept and is to be had under that address
 * with {@code ?sha256=}, whatever the type has become since.
 */
public final class PublishedTypes {
    public static final String JSON = "application/json";
    public static final String PNG = "image/png";

    private final Store store;
    private final TypeShelf types;
    private final Addresses addresses;
    private final Map<String, Published> current = new ConcurrentHashMap<>();
    private final Map<String, Document> seals = new ConcurrentHashMap<>();

    public PublishedTypes(Store store, TypeShelf types, Addresses addresses) {
        this.store = store;
        this.types = types;
        this.addresses = addresses;
    }

    /** A document as it is served. */
    public record Document(String mediaType, Buffer content) {
        byte[] digest() {
            return Sha256.of(content.getBytes());
        }

        String integrity() {
            return Integrity.of(content.getBytes());
        }

        String sha256() {
            return Base64Url.encode(digest());
        }
    }

    /** All that is published of a type. */
    public record Published(
            CredentialType type,
            Document metadata,
            Document picture,
            @Nullable Document kind) {
        /** For {@code vct#integrity}. */
        public String integrity() {
            return metadata.integrity();
        }
    }

    @SuppressWarnings(
            "ReferenceEquality") // the shelf makes another object when a file changes; comparing all of it costs more
    public Published of(CredentialType type) {
        return current.compute(
                type.id(), (id, known) -> known != null && known.type() == type ? known : published(type));
    }

    /** The document of a kind of types that has this id. */
    public Optional<Document> ofKind(String id) {
        return types.catalogue().kinds().stream()
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .map(this::document);
    }

    /** Keeps what a credential of the type, issued in the caller's transaction, refers to. */
    public void keep(Rows rows, CredentialType type) {
        Published published = of(type);
        Map<String, Document> referred = new LinkedHashMap<>();
        Document kind = published.kind();
        if (kind != null) {
            referred.put(types.catalogue().kindOf(type).orElseThrow().id(), kind);
        }
        referred.put(type.id(), published.metadata());
        if (!areKept(rows, referred, published.picture())) {
            referred.forEach((id, document) -> keep(rows, id, document));
            keep(rows, type.id(), published.picture());
        }
    }

    /** Nearly always: then the documents need not travel to the database again. */
    private static boolean areKept(Rows rows, Map<String, Document> referred, Document picture) {
        List<byte[]> digests = new ArrayList<>();
        referred.values().forEach(document -> digests.add(document.digest()));
        digests.add(picture.digest());
        return rows.one(
                                "select count(*) as n from published_document where digest = any($1) and type_id = any($2)",
                                digests,
                                List.copyOf(referred.keySet()))
                        .orElseThrow()
                        .getLong("n")
                >= digests.size();
    }

    /** The emblem of an authority. */
    public Document seal(Tenant authority) {
        return seals.computeIfAbsent(
                authority.id(), id -> new Document(PNG, Emblem.ofAuthority().png()));
    }

    /** What is, or once was, published of a type or a kind with this id. */
    public Optional<Document> find(String id, String mediaType, byte[] sha256) {
        Optional<Published> now = types.type(id).map(this::of);
        return Stream.of(now.map(Published::metadata), now.map(Published::picture), ofKind(id))
                .flatMap(Optional::stream)
                .filter(document ->
                        document.mediaType().equals(mediaType) && MessageDigest.isEqual(document.digest(), sha256))
                .findFirst()
                .or(() -> kept(id, mediaType, sha256));
    }

    private Optional<Document> kept(String id, String mediaType, byte[] sha256) {
        return store.direct()
                .one(
                        "select content from published_document where digest = $1 and type_id = $2 and media_type = $3",
                        sha256,
                        id,
                        mediaType)
                .map(row -> new Document(mediaType, row.getBuffer("content")));
    }

    private static void keep(Rows rows, String id, Document document) {
        rows.change("""
                insert into published_document (digest, type_id, media_type, content) values ($1, $2, $3, $4)
                on conflict do nothing
                """, document.digest(), id, document.mediaType(), document.content());
    }

    private Published published(CredentialType type) {
        String vct = addresses.type(type.id());
        Document picture = new Document(PNG, Emblem.of(type).png());
        PinnedLink logo = new PinnedLink(vct + "/emblem.png?sha256=" + picture.sha256(), picture.integrity());
        Optional<Kind> kind = types.catalogue().kindOf(type);
        Document common = kind.map(this::document).orElse(null);
        PinnedLink extended = common == null
                ? null
                : new PinnedLink(addresses.type(kind.orElseThrow().id()), common.integrity());
        return new Published(type, json(TypeMetadata.of(type, vct, logo, extended)), picture, common);
    }

    private Document document(Kind kind) {
        return json(TypeMetadata.of(kind, addresses.type(kind.id())));
    }

    private static Document json(Map<String, Object> metadata) {
        return new Document(JSON, Buffer.buffer(Json.write(metadata)));
    }
}
