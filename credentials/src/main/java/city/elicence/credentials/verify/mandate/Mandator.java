package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.verify.VerifiedCredential;

/**
 * On whose authority a key signed: the company's verified licence, and the company's own key, by which its status lists are signed.
 *
 * @param direct what the signing key itself is bound to: the licence, or a mandate that may be handed on
 */
public record Mandator(VerifiedCredential licence, EcPublicKey companyKey, VerifiedCredential direct) {
    /** The company, by its unified code, which a licence always discloses. */
    public String unifiedCode() {
        return String.valueOf(licence.claims().get("unified_code"));
    }
}
