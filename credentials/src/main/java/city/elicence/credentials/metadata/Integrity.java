package city.elicence.credentials.metadata;

import city.elicence.credentials.jose.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** "Integrity metadata" (W3C Subresource Integrity §3) of a document that is referred to, as SD-JWT VC uses it. */
public final class Integrity {
    /** The strongest last. */
    private static final List<String> ALGORITHMS =
            Collections.unmodifiableList(Arrays.asList("sha256", "sha384", "sha512"));

    private Integrity() {}

    public static String of(byte[] octets) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(octets));
    }

    /**
     * Whether a document is the one meant: one of the digests by the strongest algorithm that is known here is its own. Where
     * no algorithm is known, it is not.
     */
    public static boolean holds(String metadata, byte[] octets) {
        String[] expressions = metadata.trim().split("[ \\t\\n\\r\\f]+", -1);
        for (int i = ALGORITHMS.size() - 1; i >= 0; i--) {
            String prefix = ALGORITHMS.get(i) + "-";
            boolean named = false;
            for (String expression : expressions) {
                if (expression.startsWith(prefix)) {
                    named = true;
                    // SRI §3.5: what follows a question mark is an option, and none is defined.
                    if (matches(expression.substring(prefix.length()).split("\\?", 2)[0], ALGORITHMS.get(i), octets)) {
                        return true;
                    }
                }
            }
            if (named) {
                return false;
            }
        }
        return false;
    }

    private static boolean matches(String base64, String algorithm, byte[] octets) {
        try {
            String name = "SHA-" + algorithm.substring("sha".length());
            return MessageDigest.isEqual(
                    Base64.getDecoder().decode(base64),
                    MessageDigest.getInstance(name).digest(octets));
        } catch (IllegalArgumentException notBase64) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
