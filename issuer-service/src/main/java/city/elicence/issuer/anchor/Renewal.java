package city.elicence.issuer.anchor;

import city.elicence.issuer.tenant.Tenant;
import java.time.Instant;

/** Has a status list signed again, with a time of its own, once the clock allows it. */
@FunctionalInterface
public interface Renewal {
    void signAgainLater(Tenant tenant, int list, Instant now);
}
