package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.verify.CheckResult;
import city.elicence.credentials.verify.Need;
import city.elicence.credentials.verify.refusal.Check;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a company has taken back what it signed: by the token status list that the company itself signs and serves. No ledger
 * witnesses it, so it must be young: a revocation is known everywhere within {@link #OLDEST}.
 */
public final class MandateStatus {
    public static final Duration OLDEST = Duration.ofSeconds(60);

    private static final int MOST_TOKENS = 8;

    private final Need need;
    private final Instant now;
    private final Duration skew;

    public MandateStatus(Need need, Instant now, Duration skew) {
        this.need = need;
        this.now = now;
        this.skew = skew;
    }

    /**
     * Refuses what was taken back, and, where a fresh list is needed, what no list is known of.
     *
     * @param status the claim {@code status}; a company signs nothing that it cannot take back
     * @param tokens status list tokens as fetched, unverified
     */
    public CheckResult check(@Nullable Object status, EcPublicKey companyKey, List<String> tokens)
            throws RefusedException {
        StatusReference reference = reference(status);
        Refusal trouble = Refusal.STATUS_UNAVAILABLE;
        for (String token : tokens.subList(0, Math.min(tokens.size(), MOST_TOKENS))) {
            try {
                StatusListToken parsed = StatusListToken.parse(token);
                if (!parsed.subject().equals(reference.uri())) {
                    continue;
                }
                int value = parsed.check(companyKey, reference.uri(), now, skew).get(reference.index());
                if (value != StatusList.VALID) {
                    throw new RefusedException(Refusal.MANDATE_REVOKED, "status " + value);
                }
                if (!parsed.issuedAt().isBefore(now.minus(OLDEST))) {
                    long age =
                            Math.max(0, Duration.between(parsed.issuedAt(), now).toMillis() / 1000);
                    return new CheckResult(
                            Check.STATUS, CheckResult.Outcome.PASSED, "valid by the company's list, " + age + " s old");
                }
                trouble = Refusal.STATUS_TOO_OLD;
            } catch (StatusException e) {
                trouble = Refusal.STATUS_UNAVAILABLE;
            }
        }
        if (need == Need.REQUIRED) {
            throw new RefusedException(
                    trouble,
                    "expected a list signed by the company's key, " + OLDEST.toMillis() / 1000 + " s old at most");
        }
        return new CheckResult(Check.STATUS, CheckResult.Outcome.WARNED, "the company's list is not known here");
    }

    private static StatusReference reference(@Nullable Object status) throws RefusedException {
        if (status == null) {
            throw new RefusedException(Refusal.STATUS_REFERENCE_MALFORMED, "status: expected in what a company signs");
        }
        try {
            return StatusReference.fromClaim(status);
        } catch (StatusException e) {
            throw new RefusedException(Refusal.STATUS_REFERENCE_MALFORMED, String.valueOf(e.getMessage()));
        }
    }
}
