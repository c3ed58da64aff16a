package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.util.List;

/** What must hold between the claims of one licence. */
public sealed interface Rule {
    /** The birth date is the one in the citizen ID number (GB 11643 §4.2). */
    record BirthDateInIdNumber(ClaimPath date, ClaimPath idNumber) implements Rule {}

    /** The sequence number's parity is the sex: odd male, even female (GB 11643 §4.2). */
    record SexInIdNumber(ClaimPath sex, ClaimPath idNumber) implements Rule {}

    /** The amounts add up to the total, in whole numbers. */
    record Sum(List<ClaimPath> parts, ClaimPath total) implements Rule {
        public Sum {
            parts = List.copyOf(parts);
        }
    }

    /** The numbers add up to a constant: shares to 100. */
    record SumIs(ClaimPath parts, long total) implements Rule {}

    /** The later date is after the earlier, or may be the same day. */
    record After(ClaimPath later, ClaimPath earlier, boolean sameDayAllowed) implements Rule {}

    /** The date is not in the future. */
    record NotFuture(ClaimPath date) implements Rule {}

    /** The claims have the same value. */
    record Equal(ClaimPath one, ClaimPath other) implements Rule {}

    /** The claims have different values. */
    record Different(ClaimPath one, ClaimPath other) implements Rule {}

    /** The claim is there exactly when another is so. */
    record PresentWhen(ClaimPath claim, ClaimPath when, String is) implements Rule {}

    /** The year inside a number is that of a date. */
    record YearInNumber(ClaimPath number, ClaimPath date) implements Rule {}
}
