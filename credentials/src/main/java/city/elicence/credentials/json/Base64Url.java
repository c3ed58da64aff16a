package city.elicence.credentials.json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Base64url without padding (RFC 7515 §2), decoded strictly: exactly one text stands for each byte string. A lenient decoder
 * would accept several signatures' texts for one signature, and one flipped bit would pass.
 */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    public static String encodeText(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] decode(String text) throws JsonException {
        try {
            byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
            byte[] bytes = Base64.getUrlDecoder().decode(ascii);
            int rest = text.length() % 4;
            if (rest == 1 || text.endsWith("=") || !spareBitsAreZero(ascii, rest)) {
                throw new JsonException("expected canonical base64url without padding");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new JsonException("expected base64url without padding", e);
        }
    }

    /** The last character of an incomplete group of four carries 4 or 2 bits that belong to no byte; they must be zero. */
    private static boolean spareBitsAreZero(byte[] ascii, int rest) {
        if (rest == 0) {
            return true;
        }
        int value = valueOf(ascii[ascii.length - 1]);
        return rest == 2 ? (value & 0x0F) == 0 : (value & 0x03) == 0;
    }

    private static int valueOf(byte c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : 63;
    }
}
