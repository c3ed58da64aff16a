package city.elicence.credentials.verify;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.verify.mandate.MandateChain;
import city.elicence.credentials.verify.mandate.MandateStatus;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.credentials.verify.mandate.Mandator;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.RequestChecks;
import city.elicence.credentials.verify.party.VerifiedIssuer;
import city.elicence.credentials.verify.party.VerifiedSignature;
import city.elicence.credentials.verify.refusal.Check;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One presentation before the ten checks, in their order. What an early check establishes, the later ones use. */
final class Judgement {
    private final Presentation presentation;
    private final Expectation expectation;
    private final TrustView trust;
    private final Instant now;
    private final PartyTrust parties;
    private final ReplayGuard replays;
    private final List<CheckResult> results = new ArrayList<>();

    Judgement(
            Presentation presentation,
            Expectation expectation,
            TrustView trust,
            Instant now,
            PartyTrust parties,
            ReplayGuard replays) {
        this.presentation = presentation;
        this.expectation = expectation;
        this.trust = trust;
        this.now = now;
        this.parties = parties;
        this.replays = replays;
    }

    Verdict verdict() {
        try {
            VerifiedCredential credential = judge();
            return new Verdict.Accepted(credential, results, trust.asOf());
        } catch (RefusedException e) {
            return refused(e.refusal(), e.detail());
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever a hostile input makes a parser do, it is not accepted, and the caller need not care.
            return refused(Refusal.INTERNAL, e.getClass().getSimpleName());
        }
    }

    private VerifiedCredential judge() throws RefusedException {
        SdJwt sdJwt = form();
        if (Mandates.isChained(sdJwt.issuerJwt())) {
            return judgeMandate(sdJwt);
        }
        VerifiedSignature signature = parties.verify(sdJwt.issuerJwt());
        passed(Check.ISSUER_SIGNATURE, "ES256 by the key of the leaf certificate");

        // Read once here, because iat may be in a disclosure; judged in its turn below.
        Read read = Read.of(sdJwt);
        Instant issued = read.issuedAt(now);
        TypeRecord type = type(read.vct());
        VerifiedIssuer issuer = accredited(signature, type, issued);
        validity(read);
        SdJwtVc credential = read.credential();
        passed(Check.DISCLOSURES, credential.disclosed().places().size() + " disclosed, all signed by the issuer");

        HolderCheck holder = new HolderCheck(expectation, now, replays);
        HolderCheck.Bound bound = holder.check(sdJwt, credential);
        results.add(holder.result());
        results.add(new StatusCheck(expectation, trust, now, parties)
                .check(credential, issuer, presentation.statusTokens()));
        Optional<Receipt> receipt = ReceiptCheck.receipt(presentation, bound == null ? null : bound.binding());
        results.add(new ReceiptCheck(expectation, trust).check(sdJwt, receipt, issuer, issuer.endedSince(now)));
        results.add(UseOnceCheck.check(expectation.useOnce(), credential, trust));
        results.add(relyingParty(type, credential));
        return new VerifiedCredential(credential, type, issuer, bound == null ? null : bound.key(), null);
    }

    /** What a company signed by the key of its business licence: the same checks, in the same order, by the chain in the header. */
    private VerifiedCredential judgeMandate(SdJwt sdJwt) throws RefusedException {
        Mandator mandator = new MandateChain(this::judgeParent).of(sdJwt.issuerJwt());
        passed(
                Check.ISSUER_SIGNATURE,
                "ES256 by the key of " + mandator.direct().type().id());
        Read read = Read.of(sdJwt);
        TypeRecord type = type(read.vct());
        if (!type.id().equals(Mandates.MANDATE)) {
            throw new RefusedException(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE, "a company may not issue " + type.id());
        }
        SdJwtVc credential = read.credential();
        MandateChain.requireWithin(mandator, credential.claims());
        VerifiedIssuer issuer = mandator.licence().issuer();
        passed(
                Check.ISSUER_ACCREDITED,
                "a company licensed by " + issuer.did() + " (" + issuer.names().en() + ")");
        try {
            validity(read);
        } catch (RefusedException e) {
            throw e.refusal() == Refusal.EXPIRED ? new RefusedException(Refusal.MANDATE_ENDED, e.detail()) : e;
        }
        passed(Check.DISCLOSURES, credential.disclosed().places().size() + " disclosed, all signed by the company");
        HolderCheck holder = new HolderCheck(expectation, now, replays);
        HolderCheck.Bound bound = holder.check(sdJwt, credential);
        results.add(holder.result());
        results.add(new MandateStatus(expectation.status(), now, expectation.skew())
                .check(credential.status(), mandator.companyKey(), presentation.statusTokens()));
        results.add(new CheckResult(
                Check.ANCHOR_RECEIPT, CheckResult.Outcome.NOT_CHECKED, "a company's own mandates are not anchored"));
        results.add(UseOnceCheck.check(expectation.useOnce(), credential, trust));
        results.add(relyingParty(type, credential));
        return new VerifiedCredential(credential, type, issuer, bound == null ? null : bound.key(), mandator);
    }

    /** A parent in a chain is not shown by its holder; all else is asked of it. */
    private Verdict judgeParent(Presentation parent) {
        Expectation asOfParent =
                Expectation.receivedFromIssuer().withStatus(expectation.status(), expectation.maxStatusAge());
        return new Judgement(
                        parent.withStatusTokens(presentation.statusTokens()), asOfParent, trust, now, parties, replays)
                .verdict();
    }

    private SdJwt form() throws RefusedException {
        if (presentation.compact().length() > SdJwt.MAX_LENGTH) {
            throw new RefusedException(Refusal.TOO_LARGE, "expected at most " + SdJwt.MAX_LENGTH + " characters");
        }
        try {
            SdJwt sdJwt = SdJwt.parse(presentation.compact());
            SdJwtVc.requireForm(sdJwt);
            if (!expectation.types().isEmpty()
                    && !expectation
                            .types()
                            .contains(String.valueOf(sdJwt.payload().get("vct")))) {
                throw new RefusedException(
                        Refusal.TYPE_NOT_ASKED_FOR,
                        "expected one of " + expectation.types().size() + " types");
            }
            passed(Check.FORM, "dc+sd-jwt with " + sdJwt.disclosures().size() + " disclosures");
            return sdJwt;
        } catch (SdJwtException e) {
            throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private TypeRecord type(String vct) throws RefusedException {
        return trust.type(vct)
                .filter(found -> found.vct().equals(vct))
                .orElseThrow(() -> new RefusedException(Refusal.TYPE_UNKNOWN, "vct: not a type on the ledger"));
    }

    private VerifiedIssuer accredited(VerifiedSignature signature, TypeRecord type, Instant issued)
            throws RefusedException {
        VerifiedIssuer issuer = signature.issuerOf(type, trust, issued);
        passed(
                Check.ISSUER_ACCREDITED,
                issuer.did() + " (" + issuer.names().en() + ") for " + type.id() + " at " + issued);
        return issuer;
    }

    private void validity(Read read) throws RefusedException {
        Duration skew = expectation.skew();
        if (read.issuedAt(now).isAfter(now.plus(skew))) {
            throw new RefusedException(Refusal.ISSUED_IN_FUTURE, "iat: expected before " + now);
        }
        Optional<Instant> notBefore = read.notBefore();
        if (notBefore.isPresent() && notBefore.get().isAfter(now.plus(skew))) {
            throw new RefusedException(Refusal.NOT_YET_VALID, "valid from " + notBefore.get());
        }
        Optional<Instant> expires = read.expires();
        if (expires.isPresent() && !expires.get().isAfter(now.minus(skew))) {
            throw new RefusedException(Refusal.EXPIRED, "expired at " + expires.get());
        }
        passed(Check.VALIDITY_PERIOD, expires.isPresent() ? "until " + expires.get() : "without an end");
    }

    private CheckResult relyingParty(TypeRecord type, SdJwtVc credential) throws RefusedException {
        if (expectation.relyingParty() == null) {
            return new CheckResult(Check.RELYING_PARTY, CheckResult.Outcome.NOT_CHECKED, "nobody was named who asks");
        }
        Accreditation asker = trust.accreditation(expectation.relyingParty())
                .orElseThrow(() -> new RefusedException(
                        Refusal.RELYING_PARTY_UNKNOWN, expectation.relyingParty() + " has no accreditation"));
        List<ClaimPath> asked = expectation.asked().isEmpty()
                ? new ArrayList<>(credential.disclosed().places().keySet())
                : expectation.asked();
        RequestChecks.requireMayAsk(asker, type.id(), asked, now);
        return new CheckResult(
                Check.RELYING_PARTY,
                CheckResult.Outcome.PASSED,
                asker.did() + " may ask for these " + asked.size() + " claims of " + type.id());
    }

    private void passed(Check check, String detail) {
        results.add(new CheckResult(check, CheckResult.Outcome.PASSED, detail));
    }

    private Verdict refused(Refusal refusal, String detail) {
        Check[] checks = Check.values();
        int failed = Math.min(results.size(), checks.length - 1);
        List<CheckResult> all = new ArrayList<>(results.subList(0, failed));
        all.add(new CheckResult(checks[failed], CheckResult.Outcome.FAILED, detail));
        for (int i = failed + 1; i < checks.length; i++) {
            all.add(new CheckResult(
                    checks[i], CheckResult.Outcome.NOT_CHECKED, "not reached: " + checks[failed].code() + " failed"));
        }
        return new Verdict.Refused(refusal, detail, all, trust.asOf());
    }

    /** The credential as read after its signature was verified: whole, or with the rule that its disclosures broke. */
    private record Read(
            SdJwt sdJwt, @Nullable SdJwtVc whole, @Nullable SdJwtException broken) {
        static Read of(SdJwt sdJwt) {
            try {
                return new Read(sdJwt, SdJwtVc.of(sdJwt), null);
            } catch (SdJwtException e) {
                return new Read(sdJwt, null, e);
            }
        }

        String vct() {
            return String.valueOf(sdJwt.payload().get("vct"));
        }

        /** When iat is not there, or not shown, the issuer must be accredited now. */
        Instant issuedAt(Instant now) {
            return (whole == null ? SdJwtVc.signedTime(sdJwt, "iat") : whole.issuedAt()).orElse(now);
        }

        Optional<Instant> notBefore() {
            return SdJwtVc.signedTime(sdJwt, "nbf");
        }

        Optional<Instant> expires() {
            return SdJwtVc.signedTime(sdJwt, "exp");
        }

        SdJwtVc credential() throws RefusedException {
            if (whole != null) {
                return whole;
            }
            SdJwtException problem = Objects.requireNonNull(broken);
            throw new RefusedException(
                    switch (problem.problem()) {
                        case DISCLOSURE_NOT_REFERENCED -> Refusal.DISCLOSURE_NOT_SIGNED;
                        case PROTECTED_CLAIM -> Refusal.PROTECTED_CLAIM_DISCLOSED;
                        default -> Refusal.DISCLOSURE_MALFORMED;
                    },
                    String.valueOf(problem.getMessage()));
        }
    }
}
