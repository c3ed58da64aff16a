package city.elicence.issuer.tenant;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;

/**
 * A key with its certificate.
 *
 * @param chain x5c: the key's certificate first, without the trust anchor
 */
public record Signer(SoftwareKey key, CertificateChain chain) {
    public Signer {
        if (!chain.leafKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("the chain's first certificate is for another key");
        }
    }
}
