package city.elicence.credentials.sdjwt;

import city.elicence.credentials.json.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash algorithm that {@code _sd_alg} may name (RFC 9901 §4.1.1), by its name in the IANA registry. */
public enum HashAlgorithm {
    SHA_256("sha-256", "SHA-256"),
    SHA_384("sha-384", "SHA-384"),
    SHA_512("sha-512", "SHA-512");

    private final String ianaName;
    private final String javaName;

    HashAlgorithm(String ianaName, String javaName) {
        this.ianaName = ianaName;
        this.javaName = javaName;
    }

    public static HashAlgorithm named(String ianaName) throws SdJwtException {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.ianaName.equals(ianaName)) {
                return algorithm;
            }
        }
        throw new SdJwtException(
                SdJwtProblem.HASH_ALGORITHM_NOT_ACCEPTED, "_sd_alg: expected sha-256, sha-384 or sha-512");
    }

    public String ianaName() {
        return ianaName;
    }

    /** The digest of US-ASCII text, base64url (RFC 9901 §4.2.3). */
    public String digest(String ascii) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance(javaName).digest(ascii.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + javaName, e);
        }
    }
}
