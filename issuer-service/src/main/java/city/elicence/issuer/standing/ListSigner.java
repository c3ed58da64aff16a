package city.elicence.issuer.standing;

import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Signer;
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

    /**
     * As JWT.
     *
     * @param suite the {@code alg} with which the list was opened
     */
    public String sign(Tenant tenant, int list, String suite, StatusList content, Instant now) {
        Signer signer = tenant.listSigner(suite);
        return StatusListToken.sign(
                content, terms(tenant, list, now), signer.key(), signer.chain().toX5c());
    }

    /** The same as CWT (§5.2), by ES256. */
    public byte[] cwt(Tenant tenant, int list, StatusList content, Instant now) {
        return StatusListCwt.sign(content, terms(tenant, list, now), tenant.key(), tenant.chain());
    }

    private StatusListToken.Terms terms(Tenant tenant, int list, Instant issuedAt) {
        return new StatusListToken.Terms(
                URI.create(addresses.statusList(tenant.id(), list)),
                issuedAt,
                limits.statusLife(),
                limits.statusTtl(),
                URI.create(addresses.at(tenant.id(), "status")));
    }
}
