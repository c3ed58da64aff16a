package city.elicence.issuer.standing;

import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import java.net.URI;
import java.time.Instant;

/** Signs the Status List Token of a list (Token Status List §5.1). */
public final class ListSigner {
    private final Addresses addresses;
    private final IssuerSettings.Limits limits;

    public ListSigner(Addresses addresses, IssuerSettings settings) {
        this.addresses = addresses;
        this.limits = settings.limits();
    }

    public String sign(Tenant tenant, int list, StatusList content, Instant now) {
        StatusListToken.Terms terms = new StatusListToken.Terms(
                URI.create(addresses.statusList(tenant.id(), list)),
                now,
                limits.statusLife(),
                limits.statusTtl(),
                URI.create(addresses.at(tenant.id(), "status")));
        return StatusListToken.sign(content, terms, tenant.key(), tenant.chain().toX5c());
    }
}
