package city.elicence.issuer.registry;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what the ledger lets each tenant issue. When the ledger is silent, what it said last stands. */
public final class AccreditationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AccreditationWatch.class);

    private final Registry registry;
    private final Tenants tenants;
    private final LedgerReader ledger;

    public AccreditationWatch(Registry registry, Tenants tenants, LedgerReader ledger) {
        this.registry = registry;
        this.tenants = tenants;
        this.ledger = ledger;
    }

    /** Asks once for every tenant. */
    public void round(Instant now) {
        tenants.reload();
        for (Tenant tenant : tenants.all()) {
            try {
                Optional<Accreditation> accreditation = ledger.accreditation(new Did(tenant.did()));
                // A party that the ledger does not know yet is one of a city that is being set up.
                accreditation.map(a -> typesNow(a, now)).ifPresent(types -> note(tenant, types, now));
            } catch (LedgerException silent) {
                LOG.debug("{}: no word from the ledger on accreditation: {}", tenant.id(), silent.reason());
                return;
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

    private static Set<String> typesNow(Accreditation accreditation, Instant now) {
        return accreditation.issues().stream()
                .map(Grant::type)
                .filter(type -> accreditation.mayIssue(type, now))
                .collect(Collectors.toSet());
    }
}
