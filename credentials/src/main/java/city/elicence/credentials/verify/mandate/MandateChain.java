package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.VerifiedCredential;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * From a signature by a holder's key to an accredited issuer: the parent in the header is judged like anything that is shown (but for
 * its holder, who is not here), and its key must have made the signature.
 */
public final class MandateChain {
    private final Function<Presentation, Verdict> judge;
    private final Suites taken;

    /**
     * A chain that is followed by a judge.
     *
     * @param judge the ten checks, on a parent, which may itself be chained
     * @param taken by which the holder of a parent may have signed
     */
    public MandateChain(Function<Presentation, Verdict> judge, Suites taken) {
        this.judge = judge;
        this.taken = taken;
    }

    /** On whose authority this was signed; refuses by name what was signed on nobody's. */
    public Mandator of(Jws signed) throws RefusedException {
        SdJwt parent = parent(signed);
        Verdict verdict = judge.apply(Presentation.of(parent.serialize()));
        if (verdict instanceof Verdict.Refused refused) {
            boolean licence = !Mandates.isChained(parent.issuerJwt());
            throw new RefusedException(named(refused.refusal(), licence), "chain: " + refused.detail());
        }
        VerifiedCredential direct = ((Verdict.Accepted) verdict).credential();
        EcPublicKey key = holderKey(parent);
        if (!signed.verifiedBy(key)) {
            throw new RefusedException(
                    Refusal.MANDATE_NOT_THIS_COMPANYS, "expected a signature by the key that the parent is bound to");
        }
        if (direct.type().id().equals(Mandates.LICENCE)) {
            return new Mandator(direct, key, direct);
        }
        Optional<Mandator> above = direct.mandator();
        if (!above.isPresent()) {
            throw new RefusedException(Refusal.MANDATE_MALFORMED, "expected a chain that ends at a business licence");
        }
        if (!Boolean.TRUE.equals(direct.claims().get("may_delegate"))) {
            throw new RefusedException(Refusal.MANDATE_NOT_DELEGABLE, "may_delegate: expected true in the parent");
        }
        return new Mandator(above.get().licence(), above.get().companyKey(), direct);
    }

    /** That a mandate names this company, and gives away no more than its parent had. */
    public static void requireWithin(Mandator mandator, Map<String, Object> claims) throws RefusedException {
        if (!mandator.unifiedCode().equals(claims.get("unified_code"))) {
            throw new RefusedException(
                    Refusal.MANDATE_NOT_THIS_COMPANYS, "unified_code: expected that of the business licence");
        }
        if (mandator.direct() == mandator.licence()) {
            return;
        }
        Map<String, Object> parent = mandator.direct().claims();
        if (!powers(parent).containsAll(powers(claims))) {
            throw new RefusedException(Refusal.MANDATE_POWERS_EXCEEDED, "powers: expected some of the parent's");
        }
        if (parent.get("limit") instanceof Long most && !(claims.get("limit") instanceof Long limit && limit <= most)) {
            throw new RefusedException(Refusal.MANDATE_LIMIT_EXCEEDED, "limit: expected at most the parent's");
        }
    }

    static List<?> powers(Map<String, Object> claims) {
        return claims.get("powers") instanceof List<?> powers ? powers : Collections.emptyList();
    }

    private SdJwt parent(Jws signed) throws RefusedException {
        try {
            List<SdJwt> chain = Mandates.chain(signed);
            if (chain.isEmpty() || chain.size() > Mandates.MOST_LINKS) {
                throw new RefusedException(
                        Refusal.MANDATE_MALFORMED, "chain: expected 1 to " + Mandates.MOST_LINKS + " credentials");
            }
            return SdJwt.parse(chain.get(0).serialize(), taken);
        } catch (SdJwtException e) {
            throw new RefusedException(Refusal.MANDATE_MALFORMED, "chain: " + e.getMessage());
        }
    }

    private static EcPublicKey holderKey(SdJwt parent) throws RefusedException {
        try {
            return SdJwtVc.of(parent)
                    .holderKey()
                    .orElseThrow(() -> new RefusedException(Refusal.HOLDER_KEY_MISSING, "chain: expected cnf"));
        } catch (SdJwtException e) {
            throw new RefusedException(Refusal.MANDATE_MALFORMED, "chain: " + e.getMessage());
        }
    }

    /** What is wrong with a licence is said of the company; what is wrong with a parent mandate keeps its name. */
    private static Refusal named(Refusal refusal, boolean licence) {
        boolean notInForce = refusal == Refusal.REVOKED || refusal == Refusal.SUSPENDED || refusal == Refusal.EXPIRED;
        return licence && notInForce ? Refusal.COMPANY_LICENCE_NOT_IN_FORCE : refusal;
    }
}
