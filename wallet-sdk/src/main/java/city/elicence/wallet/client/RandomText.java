package city.elicence.wallet.client;

import city.elicence.credentials.json.Base64Url;
import java.security.SecureRandom;

/** Unguessable text, base64url. */
public final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    public static String of(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64Url.encode(random);
    }
}
