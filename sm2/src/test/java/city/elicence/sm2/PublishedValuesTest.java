package city.elicence.sm2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.json.Base64Url;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The values that the standards of SM2 and SM3 publish, each by its clause. */
class PublishedValuesTest {
    private static final HexFormat HEX = HexFormat.of();

    /** GB/T 32918.5-2017 clause 3: the recommended curve. */
    private static final String P = "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff";

    private static final String A = "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc";
    private static final String B = "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93";
    private static final String N = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    private static final String GX = "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7";
    private static final String GY = "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";

    /** GB/T 32918.5-2017 annex A.2: the signer's key, ZA, e, k, and the signature. */
    private static final String D = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";

    private static final String X = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    private static final String Y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private static final String ZA = "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3";
    private static final String E = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640";
    private static final String K = "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";
    private static final String R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
    private static final String S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    private static final byte[] MESSAGE = ascii("message digest");
    private static final byte[] IDENTIFIER = ascii("1234567812345678");

    @Test
    @DisplayName("GB/T 32905-2016 annex A.1 and A.2: SM3 of abc, and of sixteen times abcd")
    void sm3() {
        assertEquals(
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                HEX.formatHex(Sm2.SUITE.digest(ascii("abc"))));
        assertEquals(
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
                HEX.formatHex(Sm2.SUITE.digest(ascii("abcd".repeat(16)))));
    }

    @Test
    @DisplayName("GB/T 32918.5-2017 clause 3: p, a, b, n and G of the curve that keys are made on")
    void curve() throws Exception {
        ECParameterSpec curve =
                SoftwareKey.generate(Sm2.SUITE).publicKey().javaKey().getParams();
        assertEquals(number(P), ((ECFieldFp) curve.getCurve().getField()).getP());
        assertEquals(number(A), curve.getCurve().getA());
        assertEquals(number(B), curve.getCurve().getB());
        assertEquals(number(N), curve.getOrder());
        assertEquals(number(GX), curve.getGenerator().getAffineX());
        assertEquals(number(GY), curve.getGenerator().getAffineY());
    }

    @Test
    @DisplayName("GB/T 32918.2-2016 clause 5.5 and annex A.2 of part 5: ZA of the identifier 1234567812345678, and e")
    void za() {
        byte[] za = Sm2.SUITE.digest(joined(new byte[] {0, (byte) 128}, IDENTIFIER, hex(A + B + GX + GY + X + Y)));
        assertEquals(ZA, HEX.formatHex(za));
        assertEquals(E, HEX.formatHex(Sm2.SUITE.digest(joined(za, MESSAGE))));
    }

    @Test
    @DisplayName(
            "GB/T 32918.5-2017 annex A.2: the signature (r, s) verifies by the example's key, and with no bit changed")
    void verifies() throws Exception {
        EcPublicKey key = key().publicKey();
        byte[] signature = hex(R + S);
        assertTrue(key.verifies(MESSAGE, signature));
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(key.verifies(MESSAGE, changed), "bit " + bit);
        }
        assertFalse(key.verifies(ascii("message digesu"), signature));
    }

    @Test
    @DisplayName("GB/T 32918.5-2017 annex A.2: the example's key signs with the example's k to exactly (r, s)")
    void signs() throws Exception {
        Signature signature = Signature.getInstance("SM3withSM2", new BouncyCastleProvider());
        signature.initSign(key().javaKey(), new Example());
        signature.update(MESSAGE);
        assertArrayEquals(hex(R + S), Suite.toRaw(signature.sign()));
    }

    private static SoftwareKey key() throws Exception {
        return SoftwareKey.fromJwk(
                Map.of(
                        "kty",
                        "EC",
                        "crv",
                        "SM2",
                        "x",
                        Base64Url.encode(hex(X)),
                        "y",
                        Base64Url.encode(hex(Y)),
                        "d",
                        Base64Url.encode(hex(D))),
                Sm2.BESIDE_ES256);
    }

    /** Gives the example's k where a random number is asked for. */
    private static final class Example extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(hex(K), 0, bytes, 0, bytes.length);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return HEX.parseHex(text.toLowerCase(Locale.ROOT));
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }
}
