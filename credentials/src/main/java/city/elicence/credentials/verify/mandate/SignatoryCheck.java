package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.verify.VerifiedCredential;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether enough people, each with a mandate for it, signed for an act of a company: as many as its business licence says must. Each
 * credential was verified by itself before.
 */
public final class SignatoryCheck {
    /** The claim of a business licence that says how many people must sign for the company; one where it is not there. */
    public static final String REQUIRED = "signatures_required";

    private SignatoryCheck() {}

    /**
     * A mandate as it was shown.
     *
     * @param signedThis whether its holder signed this very act, together with what the company shows beside it
     */
    public record Signer(VerifiedCredential mandate, boolean signedThis) {}

    /** How many people must sign, by the claims of a business licence. */
    public static long required(Map<String, Object> licence) {
        return licence.get(REQUIRED) instanceof Long number ? Math.max(1, number) : 1;
    }

    public static void require(CompanyAct act, Collection<VerifiedCredential> shown, List<Signer> signers)
            throws RefusedException {
        Optional<VerifiedCredential> licence = shown.stream()
                .filter(each -> each.type().id().equals(Mandates.LICENCE))
                .findFirst();
        if (!licence.isPresent()) {
            throw new RefusedException(
                    Refusal.SIGNATURES_MISSING, "expected the company's business licence beside the mandates");
        }
        long required = required(licence.get().claims());
        Set<Object> people = new HashSet<>();
        for (Signer signer : signers) {
            requireMandated(act, String.valueOf(licence.get().claims().get("unified_code")), signer);
            requireAnother(people, signer.mandate(), required);
        }
        if (signers.size() < required) {
            throw new RefusedException(
                    Refusal.SIGNATURES_MISSING, "expected " + required + " signatures, found " + signers.size());
        }
    }

    private static void requireMandated(CompanyAct act, String company, Signer signer) throws RefusedException {
        VerifiedCredential mandate = signer.mandate();
        Map<String, Object> claims = mandate.claims();
        if (!signer.signedThis()) {
            throw new RefusedException(
                    Refusal.SIGNER_NOT_MANDATED, "a mandate is shown whose holder did not sign for this act");
        }
        boolean ofThisCompany = mandate.mandator()
                .filter(mandator -> mandator.unifiedCode().equals(company))
                .isPresent();
        if (!ofThisCompany) {
            throw new RefusedException(Refusal.MANDATE_NOT_THIS_COMPANYS, "expected a mandate of the company shown");
        }
        if (!MandateChain.powers(claims).contains(act.power())) {
            throw new RefusedException(Refusal.MANDATE_POWERS_EXCEEDED, "powers: expected " + act.power());
        }
        if (claims.get("limit") instanceof Long limit
                && act.amountFen().isPresent()
                && act.amountFen().getAsLong() > limit) {
            throw new RefusedException(Refusal.MANDATE_LIMIT_EXCEEDED, "limit: expected at least the act's amount");
        }
    }

    /** Two are two when neither key nor citizen number is the same. */
    private static void requireAnother(Set<Object> people, VerifiedCredential mandate, long required)
            throws RefusedException {
        Optional<EcPublicKey> key = mandate.holderKey();
        Object number = mandate.claims().get("employee_id_number");
        if (required > 1 && number == null) {
            throw new RefusedException(
                    Refusal.SIGNATURES_MISSING, "employee_id_number: expected, to tell two people from one");
        }
        if (!key.isPresent() || !people.add(key.get()) || (number != null && !people.add(number))) {
            throw new RefusedException(Refusal.SAME_PERSON_TWICE, "expected " + required + " people");
        }
    }
}
