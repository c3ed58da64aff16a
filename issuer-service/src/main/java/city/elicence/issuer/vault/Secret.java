package city.elicence.issuer.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A code or token: 256 random bits for who is given it, a digest for who keeps it. With that much entropy a plain
 * SHA-256 is enough; nothing can be guessed back from the database.
 */
public record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int NAME_BYTES = 16;
    private static final int MAX_LENGTH = 256;

    public Secret {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_LENGTH + " characters");
        }
    }

    public static Secret fresh() {
        return new Secret(random(SECRET_BYTES));
    }

    /** A name nobody can guess, for what is not secret but must not be enumerated. */
    public static String freshName() {
        return random(NAME_BYTES);
    }

    /** Whether text that came in could be a secret at all. */
    public static boolean plausible(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    public Digest digest() {
        return Digest.of(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret";
    }

    private static String random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
