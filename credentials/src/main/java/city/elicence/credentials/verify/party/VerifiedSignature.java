package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;

/**
 * A signature that verified, with the chain of the key that did: half of a {@link VerifiedParty}. The other half, who that is and
 * what it may, is asked here, so that it cannot be asked of another key.
 */
public final class VerifiedSignature {
    private final PartyTrust parties;
    private final CertificateChain chain;
    private final boolean underDocument;

    VerifiedSignature(PartyTrust parties, CertificateChain chain) {
        this(parties, chain, false);
    }

    private VerifiedSignature(PartyTrust parties, CertificateChain chain, boolean underDocument) {
        this.parties = parties;
        this.chain = chain;
        this.underDocument = underDocument;
    }

    /** One under a mobile document, whose signers stand in a closer relation to their authority. */
    static VerifiedSignature underDocument(PartyTrust parties, CertificateChain chain) {
        return new VerifiedSignature(parties, chain, true);
    }

    /** By which it verified. */
    public Suite suite() {
        return chain.leafKey().suite();
    }

    /** The party whose key it is, as of a time. */
    public VerifiedParty party(TrustView trust, Instant at) throws RefusedException {
        return parties.identify(chain, underDocument, trust, at);
    }

    /** The party as issuer of a type, accredited at the time of issue. */
    public VerifiedIssuer issuerOf(TypeRecord type, TrustView trust, Instant issued) throws RefusedException {
        VerifiedParty party = party(trust, issued);
        Accreditation accreditation = party.accreditation();
        if (accreditation.mayIssue(type.id(), issued)) {
            return new VerifiedIssuer(party, type.id(), issued);
        }
        String who = party.did() + " (" + accreditation.names().en() + ")";
        if (!accreditation.knowsType(type.id())) {
            throw new RefusedException(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE, who + " may not issue " + type.id());
        }
        if (accreditation.isFrozenAt(issued)) {
            throw new RefusedException(Refusal.ISSUER_FROZEN, who + " is frozen since " + accreditation.frozenSince());
        }
        throw new RefusedException(
                Refusal.ISSUER_NOT_ACCREDITED_THEN, who + " was not accredited for " + type.id() + " at " + issued);
    }
}
