package city.elicence.issuer.tenant;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;

/**
 * The key and certificate under which an authority signs mobile documents, and nothing else (ISO/IEC 18013-5 annex B.1.4).
 *
 * @param chain x5chain: the key's certificate first, without the trust anchor
 */
public record DocumentSigner(SoftwareKey key, CertificateChain chain) {
    public DocumentSigner {
        if (!chain.leafKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("the chain's first certificate is for another key");
        }
    }
}
