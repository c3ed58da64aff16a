package city.elicence.ledger.indy;

import java.math.BigInteger;

/** Base58 with Bitcoin's alphabet, in which Indy writes identifiers, keys, signatures and roots. */
public final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger RADIX = BigInteger.valueOf(58);

    /** Longest text accepted; a BLS signature is 175 characters. Decoding is quadratic. */
    private static final int MAX_LENGTH = 512;

    private Base58() {}

    /** Leading zero bytes become leading {@code 1}s. */
    public static String encode(byte[] bytes) {
        StringBuilder reversed = new StringBuilder();
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            BigInteger[] step = rest.divideAndRemainder(RADIX);
            reversed.append(ALPHABET.charAt(step[1].intValue()));
            rest = step[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append('1');
        }
        return reversed.reverse().toString();
    }

    /** The inverse of {@link #encode}; any other character, or too many of them, is an {@link IllegalArgumentException}. */
    public static byte[] decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "base58 of at most " + MAX_LENGTH + " characters expected, found " + text.length());
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not base58 at position " + i);
            }
            value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] magnitude = value.signum() == 0 ? new byte[0] : value.toByteArray();
        int skip = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + magnitude.length - skip];
        System.arraycopy(magnitude, skip, bytes, zeros, magnitude.length - skip);
        return bytes;
    }
}
