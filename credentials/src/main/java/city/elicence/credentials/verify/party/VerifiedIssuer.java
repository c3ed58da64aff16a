package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Names;
import java.time.Instant;
import java.util.Optional;

/**
 * The issuer of a credential: the party whose key verified the signature, accredited for the credential's type at the time of
 * issue. Only the verifier makes one; the {@code iss} claim has no part in it.
 */
public final class VerifiedIssuer {
    private final VerifiedParty party;
    private final String type;
    private final Instant accreditedAt;

    VerifiedIssuer(VerifiedParty party, String type, Instant accreditedAt) {
        this.party = party;
        this.type = type;
        this.accreditedAt = accreditedAt;
    }

    public Did did() {
        return party.did();
    }

    public Names names() {
        return party.accreditation().names();
    }

    public Accreditation accreditation() {
        return party.accreditation();
    }

    public EcPublicKey key() {
        return party.key();
    }

    /** The chain of that key. */
    public CertificateChain chain() {
        return party.chain();
    }

    /** The type, by its id in the catalogue, for which it was accredited. */
    public String type() {
        return type;
    }

    /** The moment at which it was accredited: that of issue. */
    public Instant accreditedAt() {
        return accreditedAt;
    }

    /** When the accreditation under which it issued came to its end, if it has by {@code now}. */
    public Optional<Instant> endedSince(Instant now) {
        return accreditation().endedSince(type, accreditedAt, now);
    }

    @Override
    public String toString() {
        return "VerifiedIssuer[" + did() + " for " + type + "]";
    }
}
