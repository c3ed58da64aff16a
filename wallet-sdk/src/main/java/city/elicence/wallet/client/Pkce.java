package city.elicence.wallet.client;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import java.nio.charset.StandardCharsets;

/** RFC 7636 with S256: the code is of use only to who started the sign-in. */
public final class Pkce {
    private Pkce() {}

    public static String newVerifier() {
        return RandomText.of(32);
    }

    public static String challengeOf(String verifier) {
        return Base64Url.encode(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }
}
