package city.elicence.issuer.http;

import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;

/** Where a wallet fetches an offer sent by reference (OpenID4VCI 1.0 §4.1.3). */
final class OfferRoutes {
    private final Tenants tenants;
    private final OfferDesk offers;
    private final ServerNonces nonces;
    private final Clock clock;

    OfferRoutes(Tenants tenants, OfferDesk offers, ServerNonces nonces, Clock clock) {
        this.tenants = tenants;
        this.offers = offers;
        this.nonces = nonces;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/:tenant/offers/:offer").handler(Exchange.route(this::offer));
    }

    /** The answer brings the nonce for the first proof (HAIP 1.0 §4.1): who knows it need not be refused to learn it. */
    private void offer(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        x.header("DPoP-Nonce", nonces.issue(ServerNonces.Purpose.DPOP, tenant.id(), now));
        x.reply(200, offers.fetch(tenant, x.path("offer"), now));
    }
}
