package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;

/**
 * Who signed something: the key verified the signature, the key's certificate leads to an authority that the ledger names for this
 * DID, and the certificate names the DID. Made by {@link PartyTrust} from all three together, and by nothing else.
 */
public final class VerifiedParty {
    private final CertificateChain chain;
    private final Accreditation accreditation;

    VerifiedParty(CertificateChain chain, Accreditation accreditation) {
        this.chain = chain;
        this.accreditation = accreditation;
    }

    public Did did() {
        return accreditation.did();
    }

    /** The key that verified the signature. */
    public EcPublicKey key() {
        return chain.leafKey();
    }

    /** The chain of that key. */
    public CertificateChain chain() {
        return chain;
    }

    public Accreditation accreditation() {
        return accreditation;
    }

    @Override
    public String toString() {
        return "VerifiedParty[" + did() + "]";
    }
}
