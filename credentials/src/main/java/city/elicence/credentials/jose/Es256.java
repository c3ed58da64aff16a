package city.elicence.credentials.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.impl.ECDSA;
import java.security.GeneralSecurityException;
import java.security.Signature;

/** ES256 (RFC 7518 §3.4): ECDSA on P-256 with SHA-256, the signature r and s of 32 bytes each. */
public final class Es256 {
    public static final int SIGNATURE_BYTES = 64;

    private Es256() {}

    public static boolean verify(EcPublicKey key, byte[] input, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            // r and s of zero, or beyond the order, once verified anything on some platforms (CVE-2022-21449).
            ECDSA.ensureLegalSignature(signature, JWSAlgorithm.ES256);
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key.javaKey());
            verifier.update(input);
            return verifier.verify(ECDSA.transcodeSignatureToDER(signature));
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    /** From the DER form of {@code java.security} (and of phones' keystores) to r and s. */
    public static byte[] toRaw(byte[] derSignature) {
        try {
            return ECDSA.transcodeSignatureToConcat(derSignature, SIGNATURE_BYTES);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("expected a DER-encoded ECDSA signature", e);
        }
    }
}
