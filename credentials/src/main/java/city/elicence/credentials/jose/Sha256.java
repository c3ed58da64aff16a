package city.elicence.credentials.jose;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {
    private Sha256() {}

    public static byte[] of(byte[] input) {
        return digest().digest(input);
    }

    /** Lower-case hexadecimal, as certificate fingerprints are written on the ledger. */
    public static String hex(byte[] input) {
        return Hex.encode(of(input));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
