package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a claim is computed from others on the day of issue, so that the value behind it need not be shown. */
public sealed interface Derivation {
    /** Whether at least so many years have passed since a date ("age over 18"). */
    record AgeOver(int years, ClaimPath from) implements Derivation {}

    /** Whether a number or an amount in fen is at least a threshold. */
    record AtLeast(ClaimPath claim, long threshold) implements Derivation {}

    /** Whether a list contains one of the values. */
    record HasAnyOf(ClaimPath claim, List<String> values) implements Derivation {
        public HasAnyOf {
            values = List.copyOf(values);
        }
    }

    /** How many elements a list has. */
    record Count(ClaimPath claim) implements Derivation {}

    /** The same for every licence of the type: who holds a marriage certificate is married. */
    record Always(boolean value) implements Derivation {}

    /** The value on that day, or null where a claim that it needs is not there. */
    default @Nullable Object compute(Map<String, ?> claims, LocalDate onDay) {
        throw new UnsupportedOperationException();
    }
}
