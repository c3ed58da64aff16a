package city.elicence.verifier.secret;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable texts, and their digests for keeping. */
public final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** 22 characters. */
    public static String of128Bits() {
        return of(16);
    }

    /** 43 characters. */
    public static String of256Bits() {
        return of(32);
    }

    /** SHA-256 of a text, as a PostgreSQL {@code bytea}. */
    public static Buffer sha256(String text) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String of(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
