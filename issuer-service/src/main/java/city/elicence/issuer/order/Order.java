package city.elicence.issuer.order;

import city.elicence.credentials.catalogue.CredentialType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A licence to be written.
 *
 * @param offer the offer it is part of, or null where a citizen fetches it by signing in
 * @param readyAt later than now: issued deferred
 * @param actor who decided
 * @param holder number of the one whose wallet it is for, where that is not the one whom the claims name; or null
 * @param replaces licences that die in the act in which this one is born
 */
public record Order(
        @Nullable String offer,
        int position,
        CredentialType type,
        Map<String, Object> claims,
        Instant readyAt,
        String actor,
        @Nullable String holder,
        List<String> replaces) {
    public Order {
        claims = new LinkedHashMap<>(claims);
        replaces = List.copyOf(replaces);
    }
}
