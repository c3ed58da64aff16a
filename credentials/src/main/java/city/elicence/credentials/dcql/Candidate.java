package city.elicence.credentials.dcql;

import city.elicence.credentials.json.ClaimPath;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A credential that answers a credential query, and the claims to disclose of it: no more than these.
 *
 * @param claims paths without nulls, in the order of the query; empty when none that is selectively disclosable is asked
 */
public record Candidate<C extends HeldCredential>(C credential, Set<ClaimPath> claims) {
    public Candidate {
        claims = Collections.unmodifiableSet(new LinkedHashSet<>(claims));
    }
}
