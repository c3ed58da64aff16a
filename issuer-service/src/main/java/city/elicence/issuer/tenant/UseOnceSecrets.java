package city.elicence.issuer.tenant;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.issuer.vault.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/** The 128-bit secrets that a licence, in all its copies and renewals, is used once with; nobody enters them. */
public final class UseOnceSecrets {
    private UseOnceSecrets() {}

    /** The claims with a fresh secret wherever the type has one. */
    public static Map<String, Object> addedTo(CredentialType type, Map<String, Object> entered) {
        Map<String, Object> claims = new LinkedHashMap<>(entered);
        for (Claim claim : type.claims()) {
            if (claim.secret()) {
                claims.put(claim.name(), Secret.freshName());
            }
        }
        return claims;
    }
}
