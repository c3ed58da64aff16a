package city.elicence.wallet.authorise;

import java.time.Instant;
import java.util.Set;

/**
 * A holder's word given in advance, as a company gives it: this verifier may see these claims of this type, for this
 * purpose, until then.
 *
 * @param verifierDid who may ask; only an accredited verifier can be named
 * @param type the {@code vct}
 * @param claims dotted paths; a request for any other claim is not covered
 */
public record StandingConsent(
        String id, String verifierDid, String type, Set<String> claims, String purpose, Instant from, Instant until) {
    public StandingConsent {
        claims = Set.copyOf(claims);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("until: expected after from");
        }
    }

    public boolean inForceAt(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
