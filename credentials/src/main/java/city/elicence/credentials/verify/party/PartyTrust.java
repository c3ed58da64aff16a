package city.elicence.credentials.verify.party;

import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who signed a JWS: signature by the leaf's key, path from the leaf to an authority of the DID that the leaf names, and that DID's
 * accreditation. The only maker of {@link VerifiedParty}. Keep one: it remembers chains that it validated. Safe for many threads.
 */
public final class PartyTrust {
    private final Suites taken;
    private final ChainCache chains;

    /** Takes ES256 alone. */
    public PartyTrust() {
        this(Suites.ES256_ALONE);
    }

    public PartyTrust(Suites taken) {
        this.taken = taken;
        this.chains = new ChainCache(taken);
    }

    /** Whose signatures it takes. */
    public Suites taken() {
        return taken;
    }

    /** Verifies the signature by the key of the leaf in {@code x5c}; whose it is, the result tells. */
    public VerifiedSignature verify(Jws jws) throws RefusedException {
        Suite suite = taken.named(jws.algorithm())
                .orElseThrow(() -> new RefusedException(Refusal.ALGORITHM_NOT_TAKEN, "alg: expected " + taken));
        CertificateChain chain;
        try {
            Optional<List<String>> x5c = jws.x5c();
            if (!x5c.isPresent()) {
                throw new RefusedException(Refusal.ISSUER_CERTIFICATE_MISSING, "x5c: expected in the header");
            }
            chain = chains.parse(x5c.get());
        } catch (JoseException e) {
            throw new RefusedException(Refusal.ISSUER_CERTIFICATE_MISSING, "x5c: expected X.509 certificates");
        }
        if (!jws.verifiedBy(chain.leafKey())) {
            throw new RefusedException(
                    Refusal.ISSUER_SIGNATURE_INVALID, "expected " + suite + " by the key of the leaf certificate");
        }
        return new VerifiedSignature(this, chain);
    }

    /** Verifies the signature of a status list token in CWT form (Token Status List §5.2) by the key of the leaf under x5chain. */
    public VerifiedSignature verify(StatusListCwt token) throws RefusedException {
        CertificateChain chain;
        try {
            chain = token.certificates()
                    .orElseThrow(() -> new RefusedException(
                            Refusal.ISSUER_CERTIFICATE_MISSING, "x5chain: expected in the header"));
        } catch (StatusException e) {
            throw new RefusedException(Refusal.ISSUER_CERTIFICATE_MISSING, "x5chain: expected X.509 certificates");
        }
        if (!token.isSignedBy(chain.leafKey())) {
            throw new RefusedException(
                    Refusal.ISSUER_SIGNATURE_INVALID, "expected an ES256 signature by the key of the leaf certificate");
        }
        return new VerifiedSignature(this, chain);
    }

    /**
     * Verifies the signature under a mobile document. ISO/IEC 18013-5 annex B.1.4: its certificate is for signing documents,
     * and no other counts.
     */
    public VerifiedSignature verify(IssuerSigned document, TrustView trust) throws RefusedException {
        CertificateChain chain;
        try {
            chain = document.certificates()
                    .orElseThrow(() -> new RefusedException(
                            Refusal.ISSUER_CERTIFICATE_MISSING, "x5chain: expected in the issuer's header"));
        } catch (MdocException e) {
            throw new RefusedException(Refusal.ISSUER_CERTIFICATE_MISSING, "x5chain: expected X.509 certificates");
        }
        if (!document.isSignedBy(chain.leafKey())) {
            throw new RefusedException(
                    Refusal.ISSUER_SIGNATURE_INVALID, "expected an ES256 signature by the key of the leaf certificate");
        }
        boolean pinned = trust.dangerouslyPinnedTestSigner(CertificateChain.fingerprint(chain.leaf()))
                .isPresent();
        if (!pinned) {
            DocumentSigner.requirePurpose(chain);
        }
        return VerifiedSignature.underDocument(this, chain);
    }

    /** Verifies a reader's signature under a request, for one session (ISO/IEC 18013-5 §9.1.4). */
    public VerifiedSignature verify(DocumentRequest request, SessionTranscript session) throws RefusedException {
        try {
            CertificateChain chain = request.certificates()
                    .orElseThrow(() -> new RefusedException(
                            Refusal.ISSUER_CERTIFICATE_MISSING, "x5chain: expected in the reader's header"));
            if (!request.isSignedBy(chain.leafKey(), session)) {
                throw new RefusedException(
                        Refusal.ISSUER_SIGNATURE_INVALID,
                        "expected a signature by the key of the leaf, for this session");
            }
            return new VerifiedSignature(this, chain);
        } catch (CborException e) {
            throw new RefusedException(Refusal.ISSUER_CERTIFICATE_MISSING, "x5chain: expected X.509 certificates");
        }
    }

    /** The party of a chain whose key verified a signature, as of a time. */
    VerifiedParty identify(CertificateChain verified, boolean signsDocuments, TrustView trust, Instant at)
            throws RefusedException {
        Optional<Accreditation> pinned =
                trust.dangerouslyPinnedTestSigner(CertificateChain.fingerprint(verified.leaf()));
        if (pinned.isPresent()) {
            return new VerifiedParty(verified, pinned.get());
        }
        Did did = namedBy(verified);
        Accreditation accreditation = trust.accreditation(did)
                .filter(found -> found.did().equals(did))
                .orElseThrow(() -> new RefusedException(Refusal.ISSUER_UNKNOWN, did + " has no accreditation"));
        for (Anchor anchor : accreditation.anchors()) {
            if (leadsTo(verified, anchor, at, signsDocuments)) {
                return new VerifiedParty(verified, accreditation);
            }
        }
        throw new RefusedException(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                "no path from the certificate to an authority of " + did + " that was valid at " + at);
    }

    private boolean leadsTo(CertificateChain chain, Anchor anchor, Instant at, boolean signsDocuments)
            throws RefusedException {
        try {
            if (!chains.anchored(chain, anchor, at)) {
                return false;
            }
            if (signsDocuments) {
                DocumentSigner.requireUnder(
                        chain, anchor.toCertificate(chain.leafKey().suite()), at);
            }
            return true;
        } catch (JsonException e) {
            // No certificate, or one that only another suite can read: no path leads to it from this leaf.
            return false;
        }
    }

    /** The one DID among the leaf's alternative names. Two would let the signer choose. */
    private static Did namedBy(CertificateChain chain) throws RefusedException {
        Set<Did> dids = new LinkedHashSet<>();
        for (String uri : chain.leafUris()) {
            if (uri.startsWith("did:")) {
                try {
                    dids.add(new Did(uri));
                } catch (IllegalArgumentException e) {
                    throw new RefusedException(
                            Refusal.ISSUER_CHAIN_UNTRUSTED, "the certificate names another DID method");
                }
            }
        }
        if (dids.size() != 1) {
            throw new RefusedException(
                    Refusal.ISSUER_CHAIN_UNTRUSTED, "expected one DID in the certificate, found " + dids.size());
        }
        return dids.iterator().next();
    }
}
