package city.elicence.credentials.trust;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.json.JsonException;
import java.security.cert.X509Certificate;

/**
 * A certificate authority of a party, as the ledger names it: subject key identifier and SHA-256 in lower-case hexadecimal, and the
 * certificate, DER in base64. Two anchors are one when their certificates are.
 */
public record Anchor(String subjectKeyId, String sha256, String certificate) {
    public Anchor {
        if (!sha256.matches("[0-9a-f]{64}") || !subjectKeyId.matches("([0-9a-f]{2}){1,64}")) {
            throw new IllegalArgumentException("expected key identifier and SHA-256 in lower-case hexadecimal");
        }
    }

    /** The anchor of a certificate, which must have a subject key identifier. */
    public static Anchor of(X509Certificate certificate) throws JoseException {
        String keyId = CertificateChain.subjectKeyIdentifier(certificate)
                .orElseThrow(() -> new JoseException("expected a certificate with a subject key identifier"));
        String der = CertificateChain.base64(certificate);
        return new Anchor(keyId, CertificateChain.fingerprint(certificate), der);
    }

    /** Whether these are the octets of the fingerprint. A certificate of a suite that is not taken here cannot be read, and may stand. */
    void requireFingerprint() throws JsonException {
        try {
            if (!Sha256.hex(CertificateChain.der(certificate)).equals(sha256)) {
                throw new JsonException("certificate: expected the one with the fingerprint beside it");
            }
        } catch (JoseException e) {
            throw new JsonException("certificate: expected X.509, DER in base64", e);
        }
    }

    /** The certificate, read as this suite reads it, which must be the one of the fingerprint. */
    public X509Certificate toCertificate(Suite suite) throws JsonException {
        requireFingerprint();
        try {
            return CertificateChain.certificate(certificate, suite);
        } catch (JoseException e) {
            throw new JsonException("certificate: expected X.509, DER in base64", e);
        }
    }
}
