package city.elicence.credentials.verify.shown;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.HolderBinding;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.VerifiedSignature;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;
import java.util.Optional;

/** A credential as it was shown: what the checks ask of it, each in its turn. */
public interface ShownCredential {
    /** Reads what was shown; nothing in it is believed. */
    static ShownCredential read(Format format, String text, HolderBinding binding, Suites taken)
            throws RefusedException {
        return switch (format) {
            case SD_JWT_VC -> ShownSdJwt.read(text, taken);
            case MDOC -> ShownMdoc.read(text, binding);
        };
    }

    /** What form it has, for the verdict. */
    String form();

    /** What its issuer signed, where that is a JWT: only such a one can name a mandator. */
    default Optional<Jws> issuerJwt() {
        return Optional.empty();
    }

    /** The {@code vct} or document type that it gives for itself. */
    String type();

    /** The issuer's signature, by the key of the certificate that came with it. */
    VerifiedSignature signature(PartyTrust parties, TrustView trust) throws RefusedException;

    Optional<Instant> issuedAt();

    Optional<Instant> notBefore();

    Optional<Instant> expires();

    /** What it says, when all that is disclosed was signed by the issuer. */
    Contents contents() throws RefusedException;

    /** The holder's proof for what is expected; empty where none is. */
    Optional<HolderProof> proof(Contents contents, Expectation expectation, Instant now, ReplayGuard replays)
            throws RefusedException;

    /** SHA-256 of what the issuer signed: the entry in its log is made of it. */
    byte[] logDigest();
}
