package city.elicence.credentials.jose;

/** A key that signs and never shows itself: in software, in an HSM, in a phone's keystore. */
public interface SigningKey {
    EcPublicKey publicKey();

    /** ES256 (RFC 7518 §3.4) over {@code input}: r and s, 32 bytes each. */
    byte[] signEs256(byte[] input);
}
