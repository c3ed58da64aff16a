package city.elicence.node.keys;

import java.util.Arrays;
import java.util.Optional;

/** Base58 with Bitcoin's alphabet, as Indy writes DIDs, keys, signatures and hashes. */
public final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int MAX_TEXT = 400;
    private static final byte[] VALUES = values();

    private Base58() {}

    public static String encode(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        byte[] digits = new byte[bytes.length * 138 / 100 + 1];
        int used = 0;
        for (byte b : bytes) {
            int carry = b & 0xff;
            int i = 0;
            for (; i < used || carry != 0; i++) {
                carry += (digits[i] & 0xff) << 8;
                digits[i] = (byte) (carry % 58);
                carry /= 58;
            }
            used = Math.max(used, i);
        }
        StringBuilder text = new StringBuilder(zeros + used);
        for (int i = 0; i < zeros; i++) {
            text.append('1');
        }
        for (int i = used - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(digits[i]));
        }
        return text.toString();
    }

    /** Empty when the text is not base58, or longer than anything that Indy writes in it. */
    public static Optional<byte[]> decode(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] reversed = new byte[text.length() * 733 / 1000 + 1];
        int used = 0;
        for (int c = 0; c < text.length(); c++) {
            char letter = text.charAt(c);
            int carry = letter < 128 ? VALUES[letter] : -1;
            if (carry < 0) {
                return Optional.empty();
            }
            int i = 0;
            for (; i < used || carry != 0; i++) {
                carry += (reversed[i] & 0xff) * 58;
                reversed[i] = (byte) carry;
                carry >>= 8;
            }
            used = Math.max(used, i);
        }
        byte[] bytes = new byte[zeros + used];
        for (int i = 0; i < used; i++) {
            bytes[zeros + i] = reversed[used - 1 - i];
        }
        return Optional.of(bytes);
    }

    /** The bytes, if the text is base58 of exactly so many. */
    public static Optional<byte[]> decode(String text, int length) {
        return decode(text).filter(bytes -> bytes.length == length);
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }
}
