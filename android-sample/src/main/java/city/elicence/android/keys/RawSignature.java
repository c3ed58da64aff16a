package city.elicence.android.keys;

import java.util.Arrays;

/** The signature form of JOSE (RFC 7518 section 3.4): r and s of 32 bytes each. */
final class RawSignature {
    private static final int NUMBER_BYTES = 32;
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private final byte[] der;
    private int at;

    private RawSignature(byte[] der) {
        this.der = der;
    }

    /** From what platforms sign: the DER of {@code SEQUENCE { r INTEGER, s INTEGER }} (RFC 3279 section 2.2.3). */
    static byte[] ofDer(byte[] der) {
        RawSignature reading = new RawSignature(der);
        reading.expect(SEQUENCE);
        reading.expect(der.length - 2);
        byte[] raw = new byte[2 * NUMBER_BYTES];
        reading.number(raw, 0);
        reading.number(raw, NUMBER_BYTES);
        if (reading.at != der.length) {
            throw malformed();
        }
        return raw;
    }

    private void number(byte[] raw, int offset) {
        expect(INTEGER);
        int length = next();
        if (length < 1 || length > NUMBER_BYTES + 1 || at + length > der.length) {
            throw malformed();
        }
        byte[] number = Arrays.copyOfRange(der, at, at + length);
        at += length;
        // A leading zero keeps a number with a high first bit positive.
        int skip = length == NUMBER_BYTES + 1 ? 1 : 0;
        if (skip == 1 && number[0] != 0) {
            throw malformed();
        }
        System.arraycopy(number, skip, raw, offset + NUMBER_BYTES - (length - skip), length - skip);
    }

    private void expect(int octet) {
        if (next() != octet) {
            throw malformed();
        }
    }

    private int next() {
        if (at >= der.length) {
            throw malformed();
        }
        return der[at++] & 0xff;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("expected the DER of an ECDSA signature on P-256");
    }
}
