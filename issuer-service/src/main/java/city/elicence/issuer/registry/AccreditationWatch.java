package city.elicence.issuer.registry;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what the ledger lets each tenant issue. When the ledger is silent, what it said last stands. */
public final class AccreditationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AccreditationWatch.class);

    private final Registry registry;
    private final Tenants tenants;
    private final Function<Did, List<Accreditation>> ledger;

    /**
     * A watch.
     *
     * @param ledger what is said of a party now, all of which must let it issue; nothing where it is not known
     */
    public AccreditationWatch(Registry registry, Tenants tenants, Function<Did, List<Accreditation>> ledger) {
        this.registry = registry;
        this.tenants = tenants;
        this.ledger = ledger;
    }

    /** Asks once for every tenant. */
    public void round(Instant now) {
        tenants.reload();
        for (Tenant tenant : tenants.all()) {
            // A party that the ledger does not know yet is one of a city that is being set up.
            List<Accreditation> said = ledger.apply(new Did(tenant.did()));
            if (!said.isEmpty()) {
                note(tenant, typesNow(said, now), now);
            }
        }
    }

    private void note(Tenant tenant, Set<String> types, Instant now) {
        Tenant.Accredited said = new Tenant.Accredited.For(types);
        if (!said.equals(tenant.accredited())) {
            registry.accredited(tenant.id(), types, now);
            LOG.info("{}: the ledger lets it issue {} types", tenant.id(), types.size());
        }
    }

    private static Set<String> typesNow(List<Accreditation> said, Instant now) {
        return said.getFirst().issues().stream()
                .map(Grant::type)
                .filter(type -> said.stream().allMatch(each -> each.mayIssue(type, now)))
                .collect(Collectors.toSet());
    }
}
