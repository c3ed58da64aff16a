package city.elicence.credentials.mdoc;

import city.elicence.credentials.mdoc.MdocException.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** ISO/IEC 18013-5 §9.1.2.5: an issuer digests its elements by one of these, and a reader takes each of them. */
public enum DigestAlgorithm {
    /** What is written here (HAIP 1.0 §8). */
    SHA_256("SHA-256"),
    SHA_384("SHA-384"),
    SHA_512("SHA-512");

    private final String identifier;

    DigestAlgorithm(String identifier) {
        this.identifier = identifier;
    }

    /** As the security object names it. */
    String identifier() {
        return identifier;
    }

    static DigestAlgorithm identifiedBy(String identifier) throws MdocException {
        return Arrays.stream(values())
                .filter(known -> known.identifier.equals(identifier))
                .findFirst()
                .orElseThrow(() ->
                        new MdocException(Reason.MALFORMED, "digestAlgorithm: expected SHA-256, SHA-384 or SHA-512"));
    }

    byte[] of(byte[] octets) {
        try {
            return MessageDigest.getInstance(identifier).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + identifier, e);
        }
    }
}
