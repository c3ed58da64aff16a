package city.elicence.android.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signatures as JOSE writes them. */
class RawSignatureTest {
    @Test
    @DisplayName("RFC 7518 section 3.4: an ECDSA signature is r and s of 32 octets each, short numbers padded")
    void rawSignature() {
        byte[] der = new byte[2 + 2 + 33 + 2 + 1];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        der[2] = 0x02;
        der[3] = 33;
        der[5] = (byte) 0x80;
        der[37] = 0x02;
        der[38] = 1;
        der[39] = 7;
        byte[] raw = new byte[64];
        raw[0] = (byte) 0x80;
        raw[63] = 7;
        assertArrayEquals(raw, RawSignature.ofDer(der));
    }
}
