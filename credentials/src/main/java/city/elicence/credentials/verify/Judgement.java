package city.elicence.credentials.verify;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.Receipt;
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
import city.elicence.credentials.verify.shown.Contents;
import city.elicence.credentials.verify.shown.HolderProof;
import city.elicence.credentials.verify.shown.ShownCredential;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        ShownCredential shown = form();
        Optional<Jws> jwt = shown.issuerJwt();
        if (jwt.isPresent() && Mandates.isChained(jwt.get())) {
            return judgeMandate(shown, jwt.get());
        }
        VerifiedSignature signature = shown.signature(parties, trust);
        passed(Check.ISSUER_SIGNATURE, signature.suite() + " by the key of the leaf certificate");

        // When it does not say, or does not show, when it was issued, the issuer must be accredited now.
        Instant issued = shown.issuedAt().orElse(now);
        TypeRecord type = type(shown.type());
        VerifiedIssuer issuer = accredited(signature, type, issued);
        validity(shown, issued);
        Contents contents = shown.contents();
        passed(Check.DISCLOSURES, contents.disclosed().size() + " disclosed, all signed by the issuer");

        Optional<HolderProof> proof = holder(shown, contents);
        results.add(
                new StatusCheck(expectation, trust, now, parties).check(contents, issuer, presentation.statusTokens()));
        Optional<Receipt> receipt = ReceiptCheck.receipt(presentation, proof);
        results.add(
                new ReceiptCheck(expectation, trust).check(shown.logDigest(), receipt, issuer, issuer.endedSince(now)));
        return lastly(contents, type, issuer, proof, null);
    }

    private VerifiedCredential lastly(
            Contents contents,
            TypeRecord type,
            VerifiedIssuer issuer,
            Optional<HolderProof> proof,
            @Nullable Mandator mandator)
            throws RefusedException {
        results.add(UseOnceCheck.check(expectation.useOnce(), contents, trust));
        results.add(relyingParty(type, contents));
        return new VerifiedCredential(
                contents, type, issuer, proof.isPresent() ? proof.get().key() : null, mandator);
    }

    private Optional<HolderProof> holder(ShownCredential shown, Contents contents) throws RefusedException {
        Optional<HolderProof> proof = shown.proof(contents, expectation, now, replays);
        CheckResult.Outcome outcome = proof.isPresent() ? CheckResult.Outcome.PASSED : CheckResult.Outcome.NOT_CHECKED;
        String detail = proof.isPresent() ? proof.get().detail() : "not expected: nobody shows it yet";
        results.add(new CheckResult(Check.HOLDER_BINDING, outcome, detail));
        return proof;
    }

    /** What a company signed by the key of its business licence: the same checks, in the same order, by the chain in the header. */
    private VerifiedCredential judgeMandate(ShownCredential shown, Jws jwt) throws RefusedException {
        Mandator mandator = new MandateChain(this::judgeParent, parties.taken()).of(jwt);
        passed(
                Check.ISSUER_SIGNATURE,
                jwt.algorithm() + " by the key of " + mandator.direct().type().id());
        TypeRecord type = type(shown.type());
        if (!type.id().equals(Mandates.MANDATE)) {
            throw new RefusedException(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE, "a company may not issue " + type.id());
        }
        Contents contents = shown.contents();
        MandateChain.requireWithin(mandator, contents.claims());
        VerifiedIssuer issuer = mandator.licence().issuer();
        passed(
                Check.ISSUER_ACCREDITED,
                "a company licensed by " + issuer.did() + " (" + issuer.names().en() + ")");
        try {
            validity(shown, shown.issuedAt().orElse(now));
        } catch (RefusedException e) {
            throw e.refusal() == Refusal.EXPIRED ? new RefusedException(Refusal.MANDATE_ENDED, e.detail()) : e;
        }
        passed(Check.DISCLOSURES, contents.disclosed().size() + " disclosed, all signed by the company");
        Optional<HolderProof> proof = holder(shown, contents);
        results.add(new MandateStatus(expectation.status(), now, expectation.skew())
                .check(contents.status(), mandator.companyKey(), presentation.statusTokens()));
        results.add(new CheckResult(
                Check.ANCHOR_RECEIPT, CheckResult.Outcome.NOT_CHECKED, "a company's own mandates are not anchored"));
        return lastly(contents, type, issuer, proof, mandator);
    }

    /** A parent in a chain is not shown by its holder; all else is asked of it. */
    private Verdict judgeParent(Presentation parent) {
        Expectation asOfParent =
                Expectation.receivedFromIssuer().withStatus(expectation.status(), expectation.maxStatusAge());
        return new Judgement(
                        parent.withStatusTokens(presentation.statusTokens()), asOfParent, trust, now, parties, replays)
                .verdict();
    }

    private ShownCredential form() throws RefusedException {
        ShownCredential shown = ShownCredential.read(
                presentation.format(), presentation.text(), expectation.binding(), parties.taken());
        if (!expectation.types().isEmpty() && !expectation.types().contains(shown.type())) {
            throw new RefusedException(
                    Refusal.TYPE_NOT_ASKED_FOR,
                    "expected one of " + expectation.types().size() + " types");
        }
        passed(Check.FORM, shown.form());
        return shown;
    }

    private TypeRecord type(String vct) throws RefusedException {
        return trust.type(vct)
                .filter(found -> found.vct().equals(vct))
                .orElseThrow(() -> new RefusedException(Refusal.TYPE_UNKNOWN, "not a type on the ledger"));
    }

    private VerifiedIssuer accredited(VerifiedSignature signature, TypeRecord type, Instant issued)
            throws RefusedException {
        VerifiedIssuer issuer = signature.issuerOf(type, trust, issued);
        passed(
                Check.ISSUER_ACCREDITED,
                issuer.did() + " (" + issuer.names().en() + ") for " + type.id() + " at " + issued);
        return issuer;
    }

    private void validity(ShownCredential shown, Instant issued) throws RefusedException {
        Duration skew = expectation.skew();
        if (issued.isAfter(now.plus(skew))) {
            throw new RefusedException(Refusal.ISSUED_IN_FUTURE, "expected to be issued before " + now);
        }
        Optional<Instant> notBefore = shown.notBefore();
        if (notBefore.isPresent() && notBefore.get().isAfter(now.plus(skew))) {
            throw new RefusedException(Refusal.NOT_YET_VALID, "valid from " + notBefore.get());
        }
        Optional<Instant> expires = shown.expires();
        if (expires.isPresent() && !expires.get().isAfter(now.minus(skew))) {
            throw new RefusedException(Refusal.EXPIRED, "expired at " + expires.get());
        }
        passed(Check.VALIDITY_PERIOD, expires.isPresent() ? "until " + expires.get() : "without an end");
    }

    private CheckResult relyingParty(TypeRecord type, Contents contents) throws RefusedException {
        if (expectation.relyingParty() == null) {
            return new CheckResult(Check.RELYING_PARTY, CheckResult.Outcome.NOT_CHECKED, "nobody was named who asks");
        }
        Accreditation asker = trust.accreditation(expectation.relyingParty())
                .orElseThrow(() -> new RefusedException(
                        Refusal.RELYING_PARTY_UNKNOWN, expectation.relyingParty() + " has no accreditation"));
        List<ClaimPath> asked =
                expectation.asked().isEmpty() ? new ArrayList<>(contents.disclosed()) : expectation.asked();
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
}
