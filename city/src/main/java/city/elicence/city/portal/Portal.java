package city.elicence.city.portal;

import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.ledger.LedgerException;
import city.elicence.web.HttpDoor;
import city.elicence.web.Pages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.file.Path;

/** The portal's page and the public facts of the city: addresses, parties, the state of the ledger. No secret is among them. */
public final class Portal implements AutoCloseable {
    private final City city;
    private final URI phone;
    private final HttpDoor door;

    private Portal(City city, URI phone) {
        this.city = city;
        this.phone = phone;
        this.door = HttpDoor.open(city.vertx(), city.door("portal", city.ports().portal()), this::routes);
    }

    /** Opens the portal's door. */
    public static Portal start(City city, URI phone) {
        return new Portal(city, phone);
    }

    public URI base() {
        return door.base();
    }

    @Override
    public void close() {
        door.close();
    }

    private void routes(Router router) {
        router.get("/api/city").handler(this::glance);
        router.get("/genesis.txn").handler(ctx -> file(ctx, city.genesisFile(), "application/x-ndjson"));
        router.get("/trust-anchor.pem")
                .handler(ctx -> file(ctx, city.folder().trustAnchor(), "application/x-pem-file"));
        Pages.mount(router, "portal", "portal.html");
    }

    private void glance(RoutingContext ctx) {
        JsonArray parties = new JsonArray();
        for (Party party : city.parties()) {
            parties.add(new JsonObject()
                    .put("id", party.id())
                    .put(
                            "name",
                            new JsonObject()
                                    .put("zh", party.names().zh())
                                    .put("en", party.names().en()))
                    .put("did", party.did().value())
                    .put("credential_issuer", city.issuerBase() + "/" + party.id()));
        }
        JsonObject ledger =
                new JsonObject().put("authority", city.authorityKey().did().value());
        try {
            ledger.put("transactions", city.ledger().size()).put("reachable", true);
        } catch (LedgerException e) {
            ledger.put("reachable", false);
        }
        ctx.json(new JsonObject()
                .put("issuer", city.issuerBase().toString())
                .put("verifier", city.verifierBase().toString())
                .put("phone", phone.toString())
                .put("types", Catalogue.builtIn().types().size())
                .put("parties", parties)
                .put("ledger", ledger));
    }

    private static void file(RoutingContext ctx, Path file, String type) {
        ctx.response().putHeader("Content-Type", type).sendFile(file.toString());
    }
}
