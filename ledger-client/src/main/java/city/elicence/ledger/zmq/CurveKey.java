package city.elicence.ledger.zmq;

import java.math.BigInteger;

/** A node's key for connections, which is its Ed25519 key on Curve25519 (RFC 7748 §4.1: u = (1+y)/(1-y)). */
final class CurveKey {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int LENGTH = 32;

    private CurveKey() {}

    static byte[] of(byte[] ed25519) {
        if (ed25519.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 public key has " + LENGTH + " bytes");
        }
        byte[] bigEndian = reversed(ed25519);
        bigEndian[0] &= 0x7f; // the sign of x, which u does not depend on
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger u = BigInteger.ONE
                .add(y)
                .multiply(BigInteger.ONE.subtract(y).mod(P).modInverse(P))
                .mod(P);
        byte[] magnitude = u.toByteArray();
        byte[] key = new byte[LENGTH];
        for (int i = 0; i < magnitude.length && i < LENGTH; i++) {
            key[i] = magnitude[magnitude.length - 1 - i];
        }
        return key;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
