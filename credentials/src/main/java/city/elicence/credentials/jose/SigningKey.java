package city.elicence.credentials.jose;

/** A key that signs and never shows itself: in software, in an HSM, in a phone's keystore. */
public interface SigningKey {
    EcPublicKey publicKey();

    /** A signature over {@code input} by the suite of the public key: r and s, 32 bytes each (RFC 7518 §3.4). */
    byte[] sign(byte[] input);

    /** By which it signs. */
    default Suite suite() {
        return publicKey().suite();
    }
}
