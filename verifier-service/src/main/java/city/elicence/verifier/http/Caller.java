package city.elicence.verifier.http;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
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

    /** The relying party that a body names: a back end need not say whose it is; staff must. */
    String tenantOf(Fields body) throws JsonException {
        String named = body.optString("tenant").orElse(tenant);
        if (named == null) {
            throw new CheckRefused(new Problem.Malformed("expected tenant: the relying party that asks"));
        }
        requireTenant(named);
        return named;
    }
}
