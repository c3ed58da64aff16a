package city.elicence.credentials.verify.shown;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.VerifiedSignature;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An SD-JWT VC: whole, or with the rule that its disclosures broke, which is judged in its turn. */
final class ShownSdJwt implements ShownCredential {
    private final SdJwt sdJwt;
    private final @Nullable SdJwtVc whole;
    private final @Nullable SdJwtException broken;

    private ShownSdJwt(SdJwt sdJwt, @Nullable SdJwtVc whole, @Nullable SdJwtException broken) {
        this.sdJwt = sdJwt;
        this.whole = whole;
        this.broken = broken;
    }

    static ShownSdJwt read(String compact, Suites taken) throws RefusedException {
        if (compact.length() > SdJwt.MAX_LENGTH) {
            throw new RefusedException(Refusal.TOO_LARGE, "expected at most " + SdJwt.MAX_LENGTH + " characters");
        }
        SdJwt sdJwt;
        try {
            sdJwt = SdJwt.parse(compact, taken);
            SdJwtVc.requireForm(sdJwt);
        } catch (SdJwtException e) {
            throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
        try {
            return new ShownSdJwt(sdJwt, SdJwtVc.of(sdJwt), null);
        } catch (SdJwtException e) {
            return new ShownSdJwt(sdJwt, null, e);
        }
    }

    @Override
    public String form() {
        return "dc+sd-jwt with " + sdJwt.disclosures().size() + " disclosures";
    }

    @Override
    public Optional<Jws> issuerJwt() {
        return Optional.of(sdJwt.issuerJwt());
    }

    @Override
    public String type() {
        return String.valueOf(sdJwt.payload().get("vct"));
    }

    @Override
    public VerifiedSignature signature(PartyTrust parties, TrustView trust) throws RefusedException {
        return parties.verify(sdJwt.issuerJwt());
    }

    /** It may be in a disclosure. */
    @Override
    public Optional<Instant> issuedAt() {
        return whole == null ? SdJwtVc.signedTime(sdJwt, "iat") : whole.issuedAt();
    }

    @Override
    public Optional<Instant> notBefore() {
        return SdJwtVc.signedTime(sdJwt, "nbf");
    }

    @Override
    public Optional<Instant> expires() {
        return SdJwtVc.signedTime(sdJwt, "exp");
    }

    @Override
    public Contents contents() throws RefusedException {
        if (whole == null) {
            SdJwtException problem = Objects.requireNonNull(broken);
            throw new RefusedException(
                    switch (problem.problem()) {
                        case DISCLOSURE_NOT_REFERENCED -> Refusal.DISCLOSURE_NOT_SIGNED;
                        case PROTECTED_CLAIM -> Refusal.PROTECTED_CLAIM_DISCLOSED;
                        default -> Refusal.DISCLOSURE_MALFORMED;
                    },
                    String.valueOf(problem.getMessage()));
        }
        return Contents.of(whole);
    }

    @Override
    public Optional<HolderProof> proof(Contents contents, Expectation expectation, Instant now, ReplayGuard replays)
            throws RefusedException {
        return new KeyBindingCheck(expectation, now, replays).check(sdJwt, contents);
    }

    @Override
    public byte[] logDigest() {
        return LogEntry.digestOf(sdJwt.issuerJwt().compact());
    }
}
