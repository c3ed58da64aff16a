package city.elicence.credentials.trust;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** May ask for these claims of a type in a period. A path allows what lies below it. */
public record AskGrant(String type, List<ClaimPath> claims, Period period) {
    public AskGrant {
        if (type.isEmpty()) {
            throw new IllegalArgumentException("expected a type");
        }
        claims = Collections.unmodifiableList(new ArrayList<>(claims));
    }

    public boolean allows(ClaimPath claim) {
        return claims.stream().anyMatch(allowed -> allowed.covers(claim));
    }
}
