package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.CheckResult;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Need;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a company signed that is no credential: a standing consent, or the receipt of a use. Only verifying makes one. */
public final class CompanyStatement {
    public static final String CONSENT = "standing-consent+jwt";
    public static final String RECEIPT = "disclosure-receipt+jwt";

    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Map<String, Object> claims;
    private final Mandator mandator;

    private CompanyStatement(Map<String, Object> claims, Mandator mandator) {
        this.claims = claims;
        this.mandator = mandator;
    }

    /**
     * Verifies who signed: the chain to an accredited registry. Whether it was taken back since, {@link #requireInForce} tells.
     *
     * @param type {@link #CONSENT} or {@link #RECEIPT}
     */
    public static CompanyStatement verify(String compact, String type, TrustView trust, Instant now)
            throws RefusedException {
        try {
            Jws jws = Jws.parse(compact);
            if (!jws.type().filter(type::equals).isPresent()) {
                throw new RefusedException(Refusal.MALFORMED, "typ: expected " + type);
            }
            Expectation expectation = Expectation.receivedFromIssuer().withStatus(Need.IF_PRESENT, Duration.ofDays(1));
            PresentationVerifier verifier = new PresentationVerifier(ReplayGuard.inMemory(1));
            Mandator mandator = new MandateChain(
                            parent -> verifier.verify(parent, expectation, trust, now), Suites.ES256_ALONE)
                    .of(jws);
            Map<String, Object> claims = jws.claims();
            Fields.of(claims).string("jti");
            if (mandator.direct() != mandator.licence()
                    || !mandator.unifiedCode().equals(claims.get("unified_code"))) {
                throw new RefusedException(
                        Refusal.MANDATE_NOT_THIS_COMPANYS, "expected the signature of the company that it names");
            }
            return new CompanyStatement(claims, mandator);
        } catch (JoseException | JsonException e) {
            throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    public Map<String, Object> claims() {
        return claims;
    }

    /** The company that signed. */
    public Mandator mandator() {
        return mandator;
    }

    /** That a consent was neither withdrawn nor has ended, by a token of the company's own list. */
    public CheckResult requireInForce(List<String> statusTokens, Instant now) throws RefusedException {
        try {
            Fields fields = Fields.of(claims);
            Optional<Instant> ends = fields.optInstant("exp");
            if (ends.isPresent() && !ends.get().isAfter(now)) {
                throw new RefusedException(Refusal.EXPIRED, "ended at " + ends.get());
            }
            return new MandateStatus(Need.REQUIRED, now, SKEW)
                    .check(fields.optObject("status").orElse(null), mandator.companyKey(), statusTokens);
        } catch (JsonException e) {
            throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }
}
