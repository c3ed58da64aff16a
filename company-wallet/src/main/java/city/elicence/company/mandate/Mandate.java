package city.elicence.company.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person may do in a company's name.
 *
 * @param card the wallet's card that it is
 * @param limitFen of a single act, null where there is none
 * @param revokedAt null while it is in force
 */
public record Mandate(
        String number,
        String person,
        String card,
        List<String> powers,
        @Nullable Long limitFen,
        LocalDate validUntil,
        boolean mayDelegate,
        String grantedBy,
        Instant grantedAt,
        @Nullable Instant revokedAt) {
    public Mandate {
        powers = List.copyOf(powers);
    }

    /** What is to be granted. */
    public record Wish(
            String person, List<String> powers, @Nullable Long limitFen, LocalDate validUntil, boolean mayDelegate) {
        public Wish {
            powers = List.copyOf(powers);
        }
    }

    boolean allows(String power, @Nullable Long amountFen, LocalDate today) {
        return revokedAt == null
                && !today.isAfter(validUntil)
                && powers.contains(power)
                && (limitFen == null || amountFen == null || amountFen <= limitFen);
    }
}
