package city.elicence.company.consent;

import city.elicence.credentials.json.ClaimPath;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A company's word in advance: this verifier may see these claims of this type, for this purpose, until then, so many times.
 *
 * @param reference where it is for one consignment, contract or property alone: their number; else null
 * @param signed the consent as the company signed it, for who receives under it
 * @param withdrawnAt null while it was not taken back
 */
public record Given(
        String id,
        String verifier,
        String type,
        Set<ClaimPath> claims,
        String purpose,
        @Nullable String reference,
        Instant from,
        Instant until,
        int uses,
        int used,
        String givenBy,
        String signed,
        @Nullable Instant withdrawnAt) {
    public Given {
        claims = Set.copyOf(claims);
    }

    /** Whether it is neither withdrawn nor over; that its uses may be used up is another matter. */
    public boolean standsAt(Instant now) {
        return withdrawnAt == null && now.isBefore(until);
    }

    /** What is to be consented to. */
    public record Wish(
            String verifier,
            String type,
            Set<ClaimPath> claims,
            String purpose,
            @Nullable String reference,
            Instant until,
            int uses) {
        static final int MOST_USES = 1_000_000;

        public Wish {
            claims = new LinkedHashSet<>(claims);
            if (claims.isEmpty() || claims.size() > 100 || purpose.isBlank() || purpose.length() > 300) {
                throw new IllegalArgumentException("expected 1 to 100 claims and a purpose of 1 to 300 characters");
            }
            if (uses < 1 || uses > MOST_USES) {
                throw new IllegalArgumentException("uses: expected 1 to " + MOST_USES);
            }
        }
    }
}
