package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session encryption (§9.1.1.5): AES-256-GCM under keys of this session alone, one for each direction; the initialisation
 * vector is the direction and a counter, so that what is replayed, dropped or sent back does not decrypt.
 */
final class SessionCipher {
    private static final long READER = 0;
    private static final long DEVICE = 1;
    private static final int TAG_BITS = 128;

    private final byte[] sendingKey;
    private final byte[] receivingKey;
    private final boolean isReader;
    private int sent;
    private int received;

    private SessionCipher(byte[] sendingKey, byte[] receivingKey, boolean isReader) {
        this.sendingKey = sendingKey;
        this.receivingKey = receivingKey;
        this.isReader = isReader;
    }

    static SessionCipher ofReader(SoftwareKey readerKey, EcPublicKey deviceKey, SessionTranscript transcript) {
        return new SessionCipher(
                transcript.sessionKey(readerKey, deviceKey, "SKReader"),
                transcript.sessionKey(readerKey, deviceKey, "SKDevice"),
                true);
    }

    static SessionCipher ofDevice(SoftwareKey deviceKey, EcPublicKey readerKey, SessionTranscript transcript) {
        return new SessionCipher(
                transcript.sessionKey(deviceKey, readerKey, "SKDevice"),
                transcript.sessionKey(deviceKey, readerKey, "SKReader"),
                false);
    }

    byte[] encrypt(byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, sendingKey, isReader ? READER : DEVICE, ++sent)
                    .doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    byte[] decrypt(byte[] sealed) throws ProximityException {
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, receivingKey, isReader ? DEVICE : READER, received + 1)
                    .doFinal(sealed);
            received++;
            return plain;
        } catch (GeneralSecurityException e) {
            throw new ProximityException(
                    Reason.NOT_DECRYPTABLE, "expected the next message of this session from the other side");
        }
    }

    private static Cipher cipher(int mode, byte[] key, long direction, int counter) throws GeneralSecurityException {
        byte[] iv = ByteBuffer.allocate(12).putLong(direction).putInt(counter).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }
}
