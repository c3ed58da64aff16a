package city.elicence.credentials.mdoc;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of a session (ISO/IEC 18013-5 §9.1.1.5, §9.1.3.5): HKDF with SHA-256 over the Diffie-Hellman secret of device and
 * reader, salted by the transcript, one key for each purpose.
 */
final class SessionKey {
    /** §9.1.3.5: device authentication by MAC. */
    static final String MAC = "EMacKey";

    private SessionKey() {}

    static byte[] of(PrivateKey own, EcPublicKey other, SessionTranscript transcript, String purpose)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other.javaKey(), true);
        // RFC 5869 §2.2 and §2.3, for one block of output.
        byte[] prk = hmac(Sha256.of(transcript.bytes()), agreement.generateSecret());
        return hmac(prk, (purpose + "\u0001").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hmac(byte[] key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }
}
