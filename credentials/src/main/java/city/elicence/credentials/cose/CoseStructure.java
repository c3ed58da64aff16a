package city.elicence.credentials.cose;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What COSE_Sign1 and COSE_Mac0 have in common (RFC 9052 §4.2, §6.2): protected and unprotected header, payload, and the
 * signature or tag over them.
 */
final class CoseStructure {
    private static final long ALG = 1;

    private final byte[] protectedHeader;
    private final Map<?, ?> unprotectedHeader;
    private final byte @Nullable [] payload;
    private final byte[] proof;

    CoseStructure(byte[] protectedHeader, Map<?, ?> unprotectedHeader, byte @Nullable [] payload, byte[] proof) {
        this.protectedHeader = protectedHeader;
        this.unprotectedHeader = unprotectedHeader;
        this.payload = payload;
        this.proof = proof;
    }

    byte[] protectedHeader() {
        return protectedHeader;
    }

    Map<?, ?> unprotectedHeader() {
        return unprotectedHeader;
    }

    byte @Nullable [] payload() {
        return payload;
    }

    byte[] proof() {
        return proof;
    }

    static CoseStructure parse(@Nullable Object tree, long tag) throws CborException {
        Object content = tree instanceof Tagged tagged && tagged.tag() == tag ? tagged.content() : tree;
        if (content instanceof List<?> parts
                && parts.size() == 4
                && parts.get(0) instanceof byte[] protectedHeader
                && parts.get(1) instanceof Map<?, ?> unprotectedHeader
                && (parts.get(2) == null || parts.get(2) instanceof byte[])
                && parts.get(3) instanceof byte[] proof) {
            return new CoseStructure(protectedHeader, unprotectedHeader, (byte[]) parts.get(2), proof);
        }
        throw new CborException("expected a COSE structure: headers, payload, and signature or tag");
    }

    /** A field of the protected header; RFC 9052 §3: an empty map may be a string of no octets. */
    @Nullable
    Object protectedField(long label) throws CborException {
        if (protectedHeader.length == 0) {
            return null;
        }
        if (Cbor.decode(protectedHeader) instanceof Map<?, ?> header) {
            return header.get(label);
        }
        throw new CborException("expected a map as protected header");
    }

    boolean hasAlgorithm(long algorithm) {
        try {
            return Long.valueOf(algorithm).equals(protectedField(ALG));
        } catch (CborException e) {
            return false;
        }
    }

    /** RFC 9052 §4.4 and §6.3: what is signed or authenticated; external data is empty. */
    static byte[] toBeProved(String context, byte[] protectedHeader, byte[] payload) {
        return Cbor.encode(Arrays.asList(context, protectedHeader, new byte[0], payload));
    }

    List<@Nullable Object> toCbor() {
        return Arrays.asList(protectedHeader, unprotectedHeader, payload, proof);
    }
}
