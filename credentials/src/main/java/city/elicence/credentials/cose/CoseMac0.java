package city.elicence.credentials.cose;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** COSE_Mac0 (RFC 9052 §6.2) with HMAC 256/256 and a payload that is not inside, as device authentication uses it. */
public final class CoseMac0 {
    private static final long TAG = 17;
    private static final String CONTEXT = "MAC0";
    private static final long HMAC_256_256 = 5;

    private final CoseStructure structure;

    private CoseMac0(CoseStructure structure) {
        this.structure = structure;
    }

    /** Reads the structure, with or without its tag. */
    public static CoseMac0 parse(@Nullable Object tree) throws CborException {
        return new CoseMac0(CoseStructure.parse(tree, TAG));
    }

    /** Authenticates a payload that both sides know. */
    public static CoseMac0 of(byte[] detachedPayload, byte[] key) {
        byte[] header = Cbor.encode(Map.of(1L, HMAC_256_256));
        byte[] tag = hmac(key, CoseStructure.toBeProved(CONTEXT, header, detachedPayload));
        return new CoseMac0(new CoseStructure(header, Map.of(), null, tag));
    }

    /** Whether the tag was made with that key over that payload. */
    public boolean verifiedWith(byte[] key, byte[] detachedPayload) {
        byte[] input = CoseStructure.toBeProved(CONTEXT, structure.protectedHeader(), detachedPayload);
        return structure.payload() == null
                && structure.hasAlgorithm(HMAC_256_256)
                && MessageDigest.isEqual(hmac(key, input), structure.proof());
    }

    /** The array of four, without the tag. */
    public List<@Nullable Object> toCbor() {
        return structure.toCbor();
    }

    /** HMAC with SHA-256 (RFC 2104). */
    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
