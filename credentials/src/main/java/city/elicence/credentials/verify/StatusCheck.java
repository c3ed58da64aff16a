package city.elicence.credentials.verify;

import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.StatusKnowledge.Anchoring;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.credentials.verify.party.VerifiedIssuer;
import city.elicence.credentials.verify.refusal.Check;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import city.elicence.credentials.verify.shown.Contents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Token Status List §8.3, with two questions of our own: is the list the issuer's, and is it the one that the ledger witnesses. */
final class StatusCheck {
    private static final int MAX_STAPLED = 4;

    private final Expectation expectation;
    private final TrustView trust;
    private final Instant now;
    private final StatusTokens tokens;

    StatusCheck(Expectation expectation, TrustView trust, Instant now, PartyTrust parties) {
        this.expectation = expectation;
        this.trust = trust;
        this.now = now;
        this.tokens = new StatusTokens(parties);
    }

    CheckResult check(Contents contents, VerifiedIssuer issuer, List<String> stapled) throws RefusedException {
        Object claim = contents.status();
        if (claim == null) {
            return new CheckResult(Check.STATUS, CheckResult.Outcome.NOT_CHECKED, "this credential has no status");
        }
        StatusReference reference;
        try {
            reference = StatusReference.fromClaim(claim);
        } catch (StatusException e) {
            throw new RefusedException(Refusal.STATUS_REFERENCE_MALFORMED, String.valueOf(e.getMessage()));
        }
        Optional<StatusKnowledge> found = newest(reference, stapled);
        if (!found.isPresent()) {
            return insufficient(Refusal.STATUS_UNAVAILABLE, "status list not known here");
        }
        StatusKnowledge known = found.get();
        if (!known.signedBy().equals(issuer.did())) {
            throw new RefusedException(
                    Refusal.STATUS_NOT_THE_ISSUERS,
                    "expected a list of " + issuer.did() + ", found " + known.signedBy());
        }
        // Before freshness: what an old list says is revoked stays revoked.
        requireValid(known.list(), reference.index());
        return freshness(known);
    }

    private Optional<StatusKnowledge> newest(StatusReference reference, List<String> stapled) {
        Optional<StatusKnowledge> known =
                trust.status(reference.uri()).filter(k -> k.uri().equals(reference.uri()));
        if (known.isPresent() && !isTooOld(known.get())) {
            return known;
        }
        for (String token : stapled.subList(0, Math.min(stapled.size(), MAX_STAPLED))) {
            StatusVerdict verdict = tokens.verify(token, reference.uri(), trust, now);
            if (verdict instanceof StatusVerdict.Known newer
                    && !(known.isPresent()
                            && known.get().issuedAt().isAfter(newer.knowledge().issuedAt()))) {
                known = Optional.of(newer.knowledge());
            }
        }
        return known;
    }

    private CheckResult freshness(StatusKnowledge known) throws RefusedException {
        long age = Math.max(0, Duration.between(known.issuedAt(), now).toMillis() / 1000);
        if (known.anchoring() == Anchoring.OLDER) {
            return insufficient(
                    Refusal.STATUS_ROLLED_BACK, "list is " + age + " s old and the ledger witnesses a newer one");
        }
        if (isTooOld(known)) {
            return insufficient(
                    Refusal.STATUS_TOO_OLD,
                    "list is " + age + " s old, expected at most "
                            + expectation.maxStatusAge().toMillis() / 1000);
        }
        String witness = switch (known.anchoring()) {
            case ANCHORED -> "the ledger witnesses this version";
            case NEWER -> "newer than the version on the ledger";
            case OLDER, UNKNOWN -> "not on the ledger";
        };
        return new CheckResult(
                Check.STATUS, CheckResult.Outcome.PASSED, "valid by a list " + age + " s old; " + witness);
    }

    private boolean isTooOld(StatusKnowledge known) {
        Instant expires = known.expires();
        return known.issuedAt().isBefore(now.minus(expectation.maxStatusAge()))
                || (expires != null && !expires.isAfter(now.minus(expectation.skew())));
    }

    private CheckResult insufficient(Refusal refusal, String detail) throws RefusedException {
        if (expectation.status() == Need.REQUIRED) {
            throw new RefusedException(refusal, detail);
        }
        return new CheckResult(Check.STATUS, CheckResult.Outcome.WARNED, detail);
    }

    private static void requireValid(StatusList list, long index) throws RefusedException {
        int value;
        try {
            value = list.get(index);
        } catch (StatusException e) {
            throw new RefusedException(Refusal.STATUS_REFERENCE_MALFORMED, String.valueOf(e.getMessage()));
        }
        switch (value) {
            case StatusList.VALID -> {}
            case StatusList.INVALID -> throw new RefusedException(Refusal.REVOKED, "status 1: revoked");
            case StatusList.SUSPENDED -> throw new RefusedException(Refusal.SUSPENDED, "status 2: suspended");
            default -> throw new RefusedException(Refusal.STATUS_NOT_VALID, "status " + value);
        }
    }
}
