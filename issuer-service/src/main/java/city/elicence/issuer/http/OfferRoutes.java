package city.elicence.issuer.http;

import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.tenant.Tenants;
import io.vertx.ext.web.Router;
import java.time.Clock;

/** Where a wallet fetches an offer sent by reference (OpenID4VCI 1.0 §4.1.3). */
final class OfferRoutes {
    private final Tenants tenants;
    private final OfferDesk offers;
    private final Clock clock;

    OfferRoutes(Tenants tenants, OfferDesk offers, Clock clock) {
        this.tenants = tenants;
        this.offers = offers;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/:tenant/offers/:offer")
                .handler(Exchange.route(
                        x -> x.reply(200, offers.fetch(x.tenant(tenants), x.path("offer"), clock.instant()))));
    }
}
