package city.elicence.credentials.did;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a party adds to the DID document that resolvers make of its entry on the ledger: {@code diddocContent} of the did:indy method. Ours
 * are keys on P-256, by which it signs requests; the Ed25519 key of the entry itself signs transactions and nothing else.
 *
 * @param did whose document
 * @param keys by their whole identifier, a DID URL
 */
public record DidDocument(Did did, Map<String, EcPublicKey> keys) {
    private static final List<String> CONTEXT =
            List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1");
    private static final String KEY_TYPE = "JsonWebKey2020";

    /** More than any party needs at once: one to sign by, and one that takes over. */
    private static final int MAX_KEYS = 16;

    public DidDocument {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** The document that names these keys, each by its thumbprint. */
    public static DidDocument of(Did did, List<EcPublicKey> keys) {
        Map<String, EcPublicKey> named = new LinkedHashMap<>();
        keys.forEach(key -> named.put(keyId(did, key), key));
        return new DidDocument(did, named);
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
        return Json.writeSorted(content);
    }

    /**
     * Reads such a text. Only keys that the DID itself controls count, and only those on P-256: others are of no use to us, and no error.
     *
     * @throws JsonException where it is no JSON object, or its verification methods are none
     */
    public static DidDocument read(Did did, String content) throws JsonException {
        Map<String, EcPublicKey> keys = new LinkedHashMap<>();
        for (Map<String, Object> each : Fields.parse(content).objects("verificationMethod")) {
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
        return new DidDocument(did, keys);
    }

    private static Optional<EcPublicKey> onP256(Map<String, Object> jwk) {
        try {
            return Optional.of(EcPublicKey.fromJwk(jwk));
        } catch (JoseException anotherKindOfKey) {
            return Optional.empty();
        }
    }
}
