package city.elicence.credentials.did;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a party adds to the DID document that resolvers make of its entry on the ledger: {@code diddocContent} of the did:indy method. Ours
 * are keys on P-256, by which it signs requests; the Ed25519 key of the entry itself signs transactions and nothing else. Who anchors a log
 * and names no status list says there too where the log is served.
 *
 * @param did whose document
 * @param keys by their whole identifier, a DID URL
 * @param log base address of the service that proves the heads of the party's log, a {@code service} of DID Core §5.4; null where it names none
 */
public record DidDocument(
        Did did, Map<String, EcPublicKey> keys, @Nullable URI log) {
    private static final List<String> CONTEXT =
            List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1");
    private static final String KEY_TYPE = "JsonWebKey2020";
    private static final String LOG_TYPE = "LicenceLog";
    private static final int MAX_ADDRESS = 512;

    /** More than any party needs at once: one to sign by, and one that takes over. */
    private static final int MAX_KEYS = 16;

    public DidDocument {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** The document that names these keys, each by its thumbprint. */
    public static DidDocument of(Did did, List<EcPublicKey> keys) {
        Map<String, EcPublicKey> named = new LinkedHashMap<>();
        keys.forEach(key -> named.put(keyId(did, key), key));
        return new DidDocument(did, named, null);
    }

    /** The same, and where the party's log is served. */
    public DidDocument withLog(URI base) {
        return new DidDocument(did, keys, base);
    }

    /** The DID URL of a key in the document of a DID: its fragment is the thumbprint. */
    public static String keyId(Did did, EcPublicKey key) {
        return did.value() + '#' + key.thumbprint();
    }

    /** The key with this identifier, a DID URL of this DID or its fragment alone. */
    public Optional<EcPublicKey> key(String id) {
        return Optional.ofNullable(keys.get(id.startsWith("#") ? did.value() + id : id));
    }

    /** The text that stands on the ledger: names sorted, so that the same document is the same text. */
    public String content() {
        List<Object> methods = new ArrayList<>();
        keys.forEach((id, key) -> {
            Map<String, Object> method = new LinkedHashMap<>();
            method.put("id", id);
            method.put("type", KEY_TYPE);
            method.put("controller", did.value());
            method.put("publicKeyJwk", key.toJwk());
            methods.add(method);
        });
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("@context", CONTEXT);
        content.put("verificationMethod", methods);
        content.put("assertionMethod", new ArrayList<Object>(keys.keySet()));
        if (log != null) {
            content.put(
                    "service",
                    List.of(Map.of("id", did.value() + "#log", "type", LOG_TYPE, "serviceEndpoint", log.toString())));
        }
        return Json.writeSorted(content);
    }

    /**
     * Reads such a text. Only keys that the DID itself controls count, and only those on P-256: others are of no use to us, and no error.
     *
     * @throws JsonException where it is no JSON object, or its verification methods are none
     */
    public static DidDocument read(Did did, String content) throws JsonException {
        Map<String, EcPublicKey> keys = new LinkedHashMap<>();
        Fields document = Fields.parse(content);
        for (Map<String, Object> each : document.objects("verificationMethod")) {
            Fields method = Fields.of(each);
            String id = method.string("id");
            String whole = id.startsWith("#") ? did.value() + id : id;
            boolean own = whole.startsWith(did.value() + '#')
                    && did.value().equals(method.optString("controller").orElse(did.value()));
            Optional<Map<String, Object>> jwk = method.optObject("publicKeyJwk");
            if (own && jwk.isPresent() && keys.size() < MAX_KEYS) {
                onP256(jwk.get()).ifPresent(key -> keys.putIfAbsent(whole, key));
            }
        }
        return new DidDocument(did, keys, log(document));
    }

    /** An address that is none we could ask is of no use, and no error. */
    private static @Nullable URI log(Fields document) {
        if (!(document.map().get("service") instanceof List<?> services)) {
            return null;
        }
        for (Object each : services) {
            if (each instanceof Map<?, ?> service
                    && LOG_TYPE.equals(service.get("type"))
                    && service.get("serviceEndpoint") instanceof String address
                    && address.length() <= MAX_ADDRESS
                    && address.matches("https?://[^\\s?#]+")) {
                try {
                    return new URI(address);
                } catch (URISyntaxException unusable) {
                    return null;
                }
            }
        }
        return null;
    }

    private static Optional<EcPublicKey> onP256(Map<String, Object> jwk) {
        try {
            return Optional.of(EcPublicKey.fromJwk(jwk));
        } catch (JoseException anotherKindOfKey) {
            return Optional.empty();
        }
    }
}
