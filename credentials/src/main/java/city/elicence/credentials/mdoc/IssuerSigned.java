package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cose.CoseSign1;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The issuer's part of a mobile document (ISO/IEC 18013-5 §8.3.2.1.2.2): elements and the signed security object. */
public final class IssuerSigned {
    private final Map<String, List<IssuerSignedItem>> nameSpaces;
    private final CoseSign1 issuerAuth;
    private final SecurityObject securityObject;

    private IssuerSigned(
            Map<String, List<IssuerSignedItem>> nameSpaces, CoseSign1 issuerAuth, SecurityObject securityObject) {
        this.nameSpaces = nameSpaces;
        this.issuerAuth = issuerAuth;
        this.securityObject = securityObject;
    }

    /** Issues a document: signs the digests of these elements, the holder's key and the validity. */
    public static IssuerSigned issue(
            String docType,
            Map<String, List<IssuerSignedItem>> nameSpaces,
            EcPublicKey deviceKey,
            SecurityObject.Validity validity,
            @Nullable Object status,
            SigningKey key,
            CertificateChain chain) {
        SecurityObject object =
                SecurityObject.over(docType, DigestAlgorithm.SHA_256, nameSpaces, deviceKey, validity, status);
        CoseSign1 auth =
                CoseSign1.sign(Map.of(), Map.of(CoseSign1.X5CHAIN, CoseSign1.x5chain(chain)), object.encode(), key);
        return new IssuerSigned(new LinkedHashMap<>(nameSpaces), auth, object);
    }

    /** Reads the structure; nothing in it is believed. */
    public static IssuerSigned parse(@Nullable Object tree) throws MdocException {
        CborFields fields = CborFields.of("IssuerSigned", tree);
        try {
            CoseSign1 auth = CoseSign1.parse(fields.get("issuerAuth"));
            byte[] payload = auth.payload()
                    .orElseThrow(() -> new MdocException(Reason.MALFORMED, "issuerAuth: expected a payload inside"));
            Map<String, List<IssuerSignedItem>> nameSpaces = new LinkedHashMap<>();
            if (fields.get("nameSpaces") != null) {
                for (Map.Entry<?, ?> entry : fields.fields("nameSpaces").map().entrySet()) {
                    nameSpaces.put(String.valueOf(entry.getKey()), items(entry.getValue()));
                }
            }
            return new IssuerSigned(nameSpaces, auth, SecurityObject.parse(payload));
        } catch (CborException e) {
            throw new MdocException(Reason.MALFORMED, "issuerAuth: " + e.getMessage(), e);
        }
    }

    private static List<IssuerSignedItem> items(@Nullable Object tree) throws MdocException {
        if (!(tree instanceof List<?> list)) {
            throw new MdocException(Reason.MALFORMED, "nameSpaces: expected arrays of elements");
        }
        List<IssuerSignedItem> items = new ArrayList<>();
        for (Object item : list) {
            items.add(IssuerSignedItem.parse(item));
        }
        return items;
    }

    /** The same document with only the elements that are to be shown, chosen by namespace and identifier. */
    public IssuerSigned disclosing(BiPredicate<String, String> isShown) {
        Map<String, List<IssuerSignedItem>> shown = new LinkedHashMap<>();
        nameSpaces.forEach((name, items) -> {
            List<IssuerSignedItem> kept = new ArrayList<>();
            for (IssuerSignedItem item : items) {
                if (isShown.test(name, item.element())) {
                    kept.add(item);
                }
            }
            if (!kept.isEmpty()) {
                shown.put(name, kept);
            }
        });
        return new IssuerSigned(shown, issuerAuth, securityObject);
    }

    /** §9.3.1 step 2: whether that key signed the security object. */
    public boolean isSignedBy(EcPublicKey issuerKey) {
        return issuerAuth.verifiedBy(issuerKey);
    }

    /** §9.3.1 step 3: the digest of every element that is there. */
    public void checkDigests() throws MdocException {
        for (Map.Entry<String, List<IssuerSignedItem>> nameSpace : nameSpaces.entrySet()) {
            for (IssuerSignedItem item : nameSpace.getValue()) {
                if (!securityObject.covers(nameSpace.getKey(), item)) {
                    throw new MdocException(Reason.DIGEST, "an element is not one that the issuer signed");
                }
            }
        }
    }

    /** SHA-256 of the security object as it was signed: unguessable for its salted digests and the device's key. */
    public byte[] digest() {
        return Sha256.of(issuerAuth.payload().orElseThrow());
    }

    /** The elements' values as a JSON tree, by namespace and identifier: what DCQL is matched against. */
    public Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        nameSpaces.forEach((name, items) -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (IssuerSignedItem item : items) {
                values.put(item.element(), JsonView.of(item.value()));
            }
            claims.put(name, Collections.unmodifiableMap(values));
        });
        return Collections.unmodifiableMap(claims);
    }

    /** What the issuer signed; unverified as long as nobody checked. */
    public SecurityObject securityObject() {
        return securityObject;
    }

    /** The signer's chain, for finding the key to trust. */
    public Optional<CertificateChain> certificates() throws MdocException {
        try {
            return issuerAuth.certificates();
        } catch (CborException e) {
            throw new MdocException(Reason.MALFORMED, "x5chain: " + e.getMessage(), e);
        }
    }

    /** Reads what an issuer hands over (OpenID4VCI 1.0 annex A.2.4): base64url of IssuerSigned. */
    public static IssuerSigned fromText(String base64Url) throws MdocException {
        return parse(CborFields.decode("IssuerSigned", CborFields.octets("IssuerSigned", base64Url)));
    }

    /** OpenID4VCI 1.0 annex A.2.4. */
    public String toText() {
        return Base64Url.encode(Cbor.encode(toCbor()));
    }

    /** The CBOR tree: what OpenID4VCI 1.0 annex A.2.4 hands over. */
    public Map<String, Object> toCbor() {
        Map<String, Object> spaces = new LinkedHashMap<>();
        nameSpaces.forEach((name, items) -> {
            List<Object> encoded = new ArrayList<>();
            for (IssuerSignedItem item : items) {
                encoded.add(item.toCbor());
            }
            spaces.put(name, encoded);
        });
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!spaces.isEmpty()) {
            tree.put("nameSpaces", spaces);
        }
        tree.put("issuerAuth", issuerAuth.toCbor());
        return tree;
    }
}
