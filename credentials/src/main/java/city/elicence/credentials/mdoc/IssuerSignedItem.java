package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One data element with its salt (ISO/IEC 18013-5 §8.3.2.1.2.2), and the very octets that the issuer digested. */
public final class IssuerSignedItem {
    /** §9.1.2.5: the random value has 16 octets at least. */
    public static final int MIN_RANDOM_LENGTH = 16;

    private final long digestId;
    private final String element;
    private final @Nullable Object value;
    private final byte[] encoded;

    private IssuerSignedItem(long digestId, String element, @Nullable Object value, byte[] encoded) {
        this.digestId = digestId;
        this.element = element;
        this.value = value;
        this.encoded = encoded;
    }

    /** An element for issuing. */
    public static IssuerSignedItem of(long digestId, byte[] random, String element, @Nullable Object value) {
        if (random.length < MIN_RANDOM_LENGTH || digestId < 0) {
            throw new IllegalArgumentException("an element has a digest ID from zero and 16 random octets at least");
        }
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("digestID", digestId);
        item.put("random", random);
        item.put("elementIdentifier", element);
        item.put("elementValue", value);
        return new IssuerSignedItem(digestId, element, value, Cbor.encode(item));
    }

    static IssuerSignedItem parse(@Nullable Object tree) throws MdocException {
        byte[] encoded = CborFields.encoded("IssuerSignedItemBytes", tree);
        CborFields item = CborFields.of("IssuerSignedItem", CborFields.decode("IssuerSignedItem", encoded));
        long digestId = item.integer("digestID");
        if (digestId < 0
                || item.octets("random").length < MIN_RANDOM_LENGTH
                || !item.map().containsKey("elementValue")) {
            throw new MdocException(Reason.MALFORMED, "IssuerSignedItem: expected digestID, random and elementValue");
        }
        return new IssuerSignedItem(digestId, item.string("elementIdentifier"), item.get("elementValue"), encoded);
    }

    /** Under which the security object lists the digest. */
    public long digestId() {
        return digestId;
    }

    /** The data element identifier. */
    public String element() {
        return element;
    }

    /** The data element's value, a CBOR tree. */
    public @Nullable Object value() {
        return value;
    }

    /** §9.1.2.5: over the octets of IssuerSignedItemBytes, tag included. */
    public byte[] digest(DigestAlgorithm algorithm) {
        return algorithm.of(Cbor.encode(toCbor()));
    }

    Tagged toCbor() {
        return new Tagged(Tagged.ENCODED_CBOR, encoded);
    }
}
