package city.elicence.credentials.trust;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From a moment on, until before another, or for good when {@code until} is null. */
public record Period(Instant from, @Nullable Instant until) {
    public Period {
        if (until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("expected a period that ends after it begins");
        }
    }

    public static Period from(Instant from) {
        return new Period(from, null);
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && (until == null || at.isBefore(until));
    }
}
