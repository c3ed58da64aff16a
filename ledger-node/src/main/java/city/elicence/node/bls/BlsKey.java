package city.elicence.node.bls;

import city.elicence.node.keys.Base58;
import city.elicence.node.keys.Hashes;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.milagro.amcl.BN254.BIG;
import org.apache.milagro.amcl.BN254.ECP;
import org.apache.milagro.amcl.BN254.ECP2;
import org.apache.milagro.amcl.BN254.PAIR;
import org.apache.milagro.amcl.BN254.ROM;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * A node's BLS key: secret scalar, verification key in G2, signatures in G1. The generator of G2 is not the curve's own but the
 * constant that Indy's pools and clients share.
 */
public final class BlsKey {
    private static final int FIELD_BYTES = 32;
    private static final int POINT_BYTES = 128;
    private static final ECP2 GENERATOR = ECP2.fromBytes(HexFormat.of()
            .parseHex("16cb6e1f1b7803f30ab2c661196fe199af17d8ed193d98a3d0fa17638a3a1b83"
                    + "1df541918f0e5acd0576998bfdb839318349b8acbb4106fe93e6a3d35a3f0081"
                    + "07e2c4a7c9a5049f2cc9f9d7ced5049f4336f67843c5dc32ad940e397e252df7"
                    + "176a8f76fd15d536bc8d294ac7040f6cc8d560dad13de88c3dfa7260ec363452"));

    private final BIG secret;
    private final byte[] verkey;

    private BlsKey(BIG secret) {
        this.secret = secret;
        this.verkey = new byte[POINT_BYTES];
        PAIR.G2mul(GENERATOR, secret).toBytes(verkey);
    }

    public static BlsKey generate(SecureRandom random) {
        byte[] bytes = new byte[FIELD_BYTES];
        BIG secret;
        do {
            random.nextBytes(bytes);
            secret = BIG.fromBytes(bytes);
            secret.mod(new BIG(ROM.CURVE_Order));
        } while (secret.iszilch());
        return new BlsKey(secret);
    }

    /** From the 64 hex digits of {@link #exposedSecret}. */
    public static BlsKey ofSecret(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != FIELD_BYTES) {
            throw new IllegalArgumentException("a BLS secret has " + FIELD_BYTES + " bytes, this one " + bytes.length);
        }
        return new BlsKey(BIG.fromBytes(bytes));
    }

    /** For the node's key file only. */
    public String exposedSecret() {
        byte[] bytes = new byte[FIELD_BYTES];
        secret.toBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** As in a genesis file's {@code blskey}. */
    public String verkey() {
        return Base58.encode(verkey);
    }

    /** As in a genesis file's {@code blskey_pop}: a signature over the key itself, so that no key can be made from others' keys. */
    public String proofOfPossession() {
        KeccakDigest keccak = new KeccakDigest(256);
        keccak.update(verkey, 0, verkey.length);
        byte[] hash = new byte[FIELD_BYTES];
        keccak.doFinal(hash, 0);
        return Base58.encode(multiplied(hash));
    }

    /** The signature in base58. */
    public String sign(byte[] message) {
        return Base58.encode(multiplied(Hashes.sha256(message)));
    }

    private byte[] multiplied(byte[] hash) {
        byte[] point = new byte[POINT_BYTES];
        PAIR.G1mul(toG1(hash), secret).toBytes(point, false);
        return point;
    }

    /** Try and increment: the first x from the hash upwards that lies on the curve. */
    private static ECP toG1(byte[] hash) {
        BIG x = BIG.fromBytes(hash);
        ECP point = new ECP(x);
        while (point.is_infinity()) {
            x.inc(1);
            x.norm();
            point = new ECP(x);
        }
        return point;
    }

    /** Whether the signature over the message is of this verification key; false for anything that is not a point. */
    public static boolean verify(String signature, byte[] message, String verkey) {
        byte[] signaturePoint = Base58.decode(signature, POINT_BYTES).orElse(new byte[0]);
        byte[] verkeyPoint = Base58.decode(verkey, POINT_BYTES).orElse(new byte[0]);
        if (signaturePoint.length == 0 || verkeyPoint.length == 0) {
            return false;
        }
        ECP sig = ECP.fromBytes(signaturePoint);
        ECP2 key = ECP2.fromBytes(verkeyPoint);
        if (sig.is_infinity() || key.is_infinity()) {
            return false;
        }
        return PAIR.fexp(PAIR.ate(GENERATOR, sig)).equals(PAIR.fexp(PAIR.ate(key, toG1(Hashes.sha256(message)))));
    }
}
