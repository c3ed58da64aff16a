package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseKey;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mobile security object (ISO/IEC 18013-5 §9.1.2.4): what the issuer signs.
 *
 * @param digestAlgorithm by which the issuer digested each element
 * @param digests by namespace and digest ID
 * @param deviceKey the holder's key
 * @param status the reference to a status list, as the second edition has it, or null
 */
public record SecurityObject(
        String docType,
        DigestAlgorithm digestAlgorithm,
        Map<String, Map<Long, byte[]>> digests,
        EcPublicKey deviceKey,
        Instant signed,
        Instant validFrom,
        Instant validUntil,
        @Nullable Object status) {
    private static final String VERSION = "1.0";

    public SecurityObject {
        Map<String, Map<Long, byte[]>> copy = new LinkedHashMap<>();
        digests.forEach((name, byId) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(byId))));
        digests = Collections.unmodifiableMap(copy);
    }

    /** The security object for these elements. */
    static SecurityObject over(
            String docType,
            DigestAlgorithm algorithm,
            Map<String, List<IssuerSignedItem>> nameSpaces,
            EcPublicKey deviceKey,
            Validity validity,
            @Nullable Object status) {
        Map<String, Map<Long, byte[]>> digests = new LinkedHashMap<>();
        nameSpaces.forEach((name, items) -> {
            Map<Long, byte[]> byId = new LinkedHashMap<>();
            for (IssuerSignedItem item : items) {
                if (byId.put(item.digestId(), item.digest(algorithm)) != null) {
                    throw new IllegalArgumentException("digest IDs are unique within a namespace");
                }
            }
            digests.put(name, byId);
        });
        return new SecurityObject(
                docType, algorithm, digests, deviceKey, validity.signed(), validity.from(), validity.until(), status);
    }

    /** §9.1.2.4: when it was signed, and from when until when it counts. */
    public record Validity(Instant signed, Instant from, Instant until) {
        public Validity {
            signed = signed.truncatedTo(ChronoUnit.SECONDS);
            from = from.truncatedTo(ChronoUnit.SECONDS);
            until = until.truncatedTo(ChronoUnit.SECONDS);
            if (from.isBefore(signed) || !until.isAfter(from)) {
                throw new IllegalArgumentException("a document is signed, then valid from, then valid until");
            }
        }
    }

    static SecurityObject parse(byte[] payload) throws MdocException {
        byte[] encoded = CborFields.encoded(
                "MobileSecurityObjectBytes", CborFields.decode("MobileSecurityObjectBytes", payload));
        CborFields mso = CborFields.of("MobileSecurityObject", CborFields.decode("MobileSecurityObject", encoded));
        if (!mso.string("version").startsWith("1.")) {
            throw new MdocException(Reason.MALFORMED, "version: expected 1");
        }
        CborFields validity = mso.fields("validityInfo");
        try {
            return new SecurityObject(
                    mso.string("docType"),
                    DigestAlgorithm.identifiedBy(mso.string("digestAlgorithm")),
                    digests(mso.fields("valueDigests").map()),
                    CoseKey.fromCbor(mso.fields("deviceKeyInfo").get("deviceKey")),
                    validity.time("signed"),
                    validity.time("validFrom"),
                    validity.time("validUntil"),
                    mso.get("status"));
        } catch (CborException e) {
            throw new MdocException(Reason.MALFORMED, "deviceKey: " + e.getMessage(), e);
        }
    }

    private static Map<String, Map<Long, byte[]>> digests(Map<?, ?> tree) throws MdocException {
        Map<String, Map<Long, byte[]>> digests = new LinkedHashMap<>();
        for (Map.Entry<?, ?> nameSpace : tree.entrySet()) {
            Map<Long, byte[]> byId = new LinkedHashMap<>();
            for (Map.Entry<?, ?> digest :
                    CborFields.of("valueDigests", nameSpace.getValue()).map().entrySet()) {
                if (!(digest.getKey() instanceof Long id) || !(digest.getValue() instanceof byte[] octets)) {
                    throw new MdocException(Reason.MALFORMED, "valueDigests: expected digests by integer");
                }
                byId.put(id, octets);
            }
            digests.put(String.valueOf(nameSpace.getKey()), byId);
        }
        return digests;
    }

    /** §9.3.1 step 3: whether the issuer signed this element under this namespace. */
    boolean covers(String nameSpace, IssuerSignedItem item) {
        byte[] digest = digests.getOrDefault(nameSpace, Map.of()).get(item.digestId());
        return digest != null && Arrays.equals(digest, item.digest(digestAlgorithm));
    }

    boolean isValidAt(Instant now) {
        return !now.isBefore(validFrom) && !now.isAfter(validUntil);
    }

    /** MobileSecurityObjectBytes: the payload of the issuer's signature. */
    byte[] encode() {
        Map<String, Object> validity = new LinkedHashMap<>();
        validity.put("signed", time(signed));
        validity.put("validFrom", time(validFrom));
        validity.put("validUntil", time(validUntil));
        Map<String, @Nullable Object> mso = new LinkedHashMap<>();
        mso.put("version", VERSION);
        mso.put("digestAlgorithm", digestAlgorithm.identifier());
        mso.put("valueDigests", digests);
        mso.put("deviceKeyInfo", Map.of("deviceKey", CoseKey.toCbor(deviceKey)));
        mso.put("docType", docType);
        mso.put("validityInfo", validity);
        if (status != null) {
            mso.put("status", status);
        }
        return Cbor.encode(Tagged.encoded(mso));
    }

    private static Tagged time(Instant instant) {
        return new Tagged(Tagged.DATE_TIME, instant.toString());
    }
}
