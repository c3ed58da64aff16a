package city.elicence.ledger.zmq;

import city.elicence.ledger.indy.Sha256;
import java.util.Collection;
import java.util.HexFormat;
import org.apache.milagro.amcl.BN254.BIG;
import org.apache.milagro.amcl.BN254.ECP;
import org.apache.milagro.amcl.BN254.ECP2;
import org.apache.milagro.amcl.BN254.PAIR;

/** BLS multi-signatures as Indy's nodes make them: curve BN254 of Nogami, keys in G2, signatures in G1, SHA-256 and try-and-increment. */
final class BlsSignature {

    private static final int POINT_BYTES = 128;

    /** The generator that all Indy pools share; it is not the curve's own. */
    private static final ECP2 GENERATOR = ECP2.fromBytes(HexFormat.of()
            .parseHex("16cb6e1f1b7803f30ab2c661196fe199af17d8ed193d98a3d0fa17638a3a1b83"
                    + "1df541918f0e5acd0576998bfdb839318349b8acbb4106fe93e6a3d35a3f0081"
                    + "07e2c4a7c9a5049f2cc9f9d7ced5049f4336f67843c5dc32ad940e397e252df7"
                    + "176a8f76fd15d536bc8d294ac7040f6cc8d560dad13de88c3dfa7260ec363452"));

    private BlsSignature() {}

    /** Whether {@code signature} is the sum of the signatures of all these keys over the message. */
    static boolean isValid(byte[] signature, byte[] message, Collection<byte[]> keys) {
        if (signature.length != POINT_BYTES || keys.isEmpty()) {
            return false;
        }
        ECP point = ECP.fromBytes(signature);
        ECP2 sum = new ECP2();
        for (byte[] key : keys) {
            ECP2 one = key.length == POINT_BYTES ? ECP2.fromBytes(key) : new ECP2();
            if (one.is_infinity()) {
                return false;
            }
            sum.add(one);
        }
        if (point.is_infinity() || sum.is_infinity()) {
            return false;
        }
        sum.affine();
        return PAIR.fexp(PAIR.ate(GENERATOR, point)).equals(PAIR.fexp(PAIR.ate(sum, hashToCurve(message))));
    }

    private static ECP hashToCurve(byte[] message) {
        BIG x = BIG.fromBytes(Sha256.of(message));
        ECP point = new ECP(x);
        while (point.is_infinity()) {
            x.inc(1);
            x.norm();
            point = new ECP(x);
        }
        return point;
    }
}
