package city.elicence.verifier.http;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the API.
 *
 * @param actor a name for the audit trail, such as {@code staff:li} or {@code back-end:core-banking}
 * @param tenant the one relying party that it acts for, or null for staff of the whole city
 */
record Caller(String actor, @Nullable String tenant) {
    Caller {
        Objects.requireNonNull(actor);
    }

    /** Refuses a relying party's back end or staff that reach for another's checks, as if there were none. */
    void requireTenant(String wanted) {
        if (tenant != null && !tenant.equals(wanted)) {
            throw new CheckRefused(new Problem.UnknownCheck());
        }
    }
}
