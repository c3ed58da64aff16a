package city.elicence.credentials.offline;

import java.math.BigInteger;
import java.util.Arrays;

/** The curve equation of P-256 (SP 800-186 §3.2.1.3), by which a point's y is known from its x and one bit. */
final class P256 {
    private static final int LENGTH = 32;
    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final BigInteger THREE = BigInteger.valueOf(3);
    /** P leaves 3 when divided by 4, so a square root is a power. */
    private static final BigInteger ROOT = P.add(BigInteger.ONE).shiftRight(2);

    private P256() {}

    /** A y for that x, odd or even; when x is on no point, octets that belong to none either. */
    static byte[] y(byte[] x, boolean odd) {
        BigInteger px = new BigInteger(1, x);
        BigInteger square = px.pow(3).subtract(px.multiply(THREE)).add(B).mod(P);
        BigInteger y = square.modPow(ROOT, P);
        byte[] octets = (y.testBit(0) == odd ? y : P.subtract(y)).toByteArray();
        byte[] padded = new byte[LENGTH];
        int length = Math.min(LENGTH, octets.length);
        System.arraycopy(octets, octets.length - length, padded, LENGTH - length, length);
        return padded;
    }

    static boolean isPoint(byte[] x, byte[] y) {
        return Arrays.equals(y, y(x, (y[LENGTH - 1] & 1) == 1));
    }
}
