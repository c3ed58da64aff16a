package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseSign1;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.SessionTranscript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for one document (§8.3.2.1.2.1), signed by the reader (§9.1.4) or by nobody. */
public final class DocumentRequest {
    private final byte[] itemsRequest;
    private final String docType;
    private final Map<ClaimPath, Boolean> elements;
    private final @Nullable CoseSign1 readerAuth;

    private DocumentRequest(
            byte[] itemsRequest, String docType, Map<ClaimPath, Boolean> elements, @Nullable CoseSign1 readerAuth) {
        this.itemsRequest = itemsRequest;
        this.docType = docType;
        this.elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        this.readerAuth = readerAuth;
    }

    /**
     * A request that nobody signed.
     *
     * @param elements by namespace and identifier, with whether the reader intends to retain them
     */
    public static DocumentRequest of(String docType, Map<String, Map<String, Boolean>> elements) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("docType", docType);
        items.put("nameSpaces", elements);
        return new DocumentRequest(Cbor.encode(items), docType, paths(elements), null);
    }

    /** §9.1.4: the same, signed by the reader for this session. */
    public DocumentRequest signed(SessionTranscript transcript, SigningKey key, CertificateChain chain) {
        CoseSign1 signature = CoseSign1.sign(
                        Map.of(),
                        Map.of(CoseSign1.X5CHAIN, CoseSign1.x5chain(chain)),
                        transcript.readerAuthentication(itemsRequest),
                        key)
                .detached();
        return new DocumentRequest(itemsRequest, docType, elements, signature);
    }

    static DocumentRequest parse(@Nullable Object tree) throws CborException {
        if (tree instanceof Map<?, ?> request
                && request.get("itemsRequest") instanceof Tagged tagged
                && tagged.tag() == Tagged.ENCODED_CBOR
                && tagged.content() instanceof byte[] encoded
                && Cbor.decode(encoded) instanceof Map<?, ?> items
                && items.get("docType") instanceof String docType
                && items.get("nameSpaces") instanceof Map<?, ?> nameSpaces) {
            Object auth = request.get("readerAuth");
            return new DocumentRequest(
                    encoded, docType, paths(nameSpaces), auth == null ? null : CoseSign1.parse(auth));
        }
        throw new CborException("expected itemsRequest with docType and nameSpaces");
    }

    private static Map<ClaimPath, Boolean> paths(Map<?, ?> nameSpaces) {
        Map<ClaimPath, Boolean> paths = new LinkedHashMap<>();
        nameSpaces.forEach((nameSpace, elements) -> {
            if (!(elements instanceof Map<?, ?> wanted)) {
                throw new IllegalArgumentException("expected elements in a namespace");
            }
            wanted.forEach((element, retained) -> paths.put(
                    ClaimPath.of(String.valueOf(nameSpace)).then(String.valueOf(element)),
                    Boolean.TRUE.equals(retained)));
        });
        return paths;
    }

    /** Whether that key signed this request, for this session. */
    public boolean isSignedBy(EcPublicKey key, SessionTranscript transcript) {
        return readerAuth != null && readerAuth.verifiedBy(key, transcript.readerAuthentication(itemsRequest));
    }

    /** The chain of the reader who signed it; empty when nobody did. */
    public Optional<CertificateChain> certificates() throws CborException {
        return readerAuth == null ? Optional.empty() : readerAuth.certificates();
    }

    /** The document type. */
    public String docType() {
        return docType;
    }

    /** The elements wanted, each with whether it is to be retained. */
    public Map<ClaimPath, Boolean> elements() {
        return elements;
    }

    /** The paths alone. */
    public List<ClaimPath> paths() {
        return new ArrayList<>(elements.keySet());
    }

    Map<String, Object> toCbor() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("itemsRequest", new Tagged(Tagged.ENCODED_CBOR, itemsRequest));
        if (readerAuth != null) {
            request.put("readerAuth", readerAuth.toCbor());
        }
        return request;
    }
}
