package city.elicence.city.portal;

import city.elicence.city.phone.Phone;
import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.ledger.LedgerException;
import city.elicence.web.DoorSettings;
import city.elicence.web.HttpDoor;
import city.elicence.web.Pages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The portal's page and the public facts of the city: addresses, parties, the state of the ledger. No secret is among them. */
public final class Portal implements AutoCloseable {
    private final City city;
    private final Phone phone;
    private final OwnPhone ownPhone;
    private final HttpDoor door;

    private Portal(City city, Phone phone, Path apk) {
        this.city = city;
        this.phone = phone;
        this.ownPhone = new OwnPhone(city, apk);
        List<String> shown = Stream.of(city.issuerBase(), city.verifierBase(), phone.base())
                .map(Object::toString)
                .toList();
        this.door = HttpDoor.open(
                city.vertx(),
                city.door("portal", city.ports().portal()).withFraming(new DoorSettings.Framing(List.of(), shown)),
                this::routes);
    }

    /**
     * Opens the portal's door.
     *
     * @param apk the app that is handed to phones, where it is built
     */
    public static Portal start(City city, Phone phone, Path apk) {
        return new Portal(city, phone, apk.toAbsolutePath());
    }

    public URI base() {
        return door.base();
    }

    /** The address that may begin the guided tour: it carries the demonstration phone's own key. */
    public URI link() {
        return URI.create(base() + "/#key=" + phone.keyText());
    }

    /** The page for somebody's own phone, with the fingerprint that it should show. */
    public String ownPhone() {
        String page = base() + "/own-phone.html";
        return base().getScheme().equals("https")
                ? page + "\n                  certificate " + OwnPhone.fingerprint(city)
                : page;
    }

    @Override
    public void close() {
        door.close();
    }

    private void routes(Router router) {
        router.get("/api/city").handler(this::glance);
        router.post("/api/tour").handler(phone::requireKey);
        router.post("/api/tour").handler(this::tour);
        router.get("/genesis.txn").handler(ctx -> file(ctx, city.genesisFile(), "application/x-ndjson"));
        router.get("/trust-anchor.pem")
                .handler(ctx -> file(ctx, city.folder().trustAnchor(), "application/x-pem-file"));
        ownPhone.addTo(router);
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
                    .put("issues", new JsonArray(typesIssuedBy(party)))
                    .put("asks", new JsonArray(typesAskedBy(party)))
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
                .put("phone", phone.base().toString())
                .put("company", city.companyWallet().base().toString())
                .put("types", labels())
                .put("parties", parties)
                .put("ledger", ledger));
    }

    private static List<String> typesIssuedBy(Party party) {
        return Catalogue.builtIn().types().stream()
                .filter(type -> type.issuers().stream().anyMatch(party.roles()::contains))
                .map(CredentialType::id)
                .toList();
    }

    private static List<String> typesAskedBy(Party party) {
        return Catalogue.builtIn().types().stream()
                .filter(type -> type.asks().stream()
                        .anyMatch(ask -> ask.roles().stream().anyMatch(party.roles()::contains)))
                .map(CredentialType::id)
                .toList();
    }

    private static JsonObject labels() {
        JsonObject labels = new JsonObject();
        Catalogue.builtIn()
                .types()
                .forEach(type -> labels.put(
                        type.id(),
                        new JsonObject()
                                .put("zh", type.label().zh())
                                .put("en", type.label().en())
                                .put("family", type.family().name().toLowerCase(Locale.ROOT))));
        return labels;
    }

    /** What the terminal prints too, for who holds the phone's key: a clerk's, an insurer's and the citizen's page. */
    private void tour(RoutingContext ctx) {
        String insurer =
                city.signInLink(city.verifierBase(), StaffRole.VERIFIER).toString();
        ctx.response().putHeader("Cache-Control", "no-store");
        ctx.json(new JsonObject()
                .put(
                        "issuer",
                        city.signInLink(city.issuerBase(), StaffRole.CLERK).toString())
                .put("verifier", insurer.replace("/#", "/?tenant=insurer#"))
                .put("phone", phone.link().toString()));
    }

    private static void file(RoutingContext ctx, Path file, String type) {
        ctx.response().putHeader("Content-Type", type).sendFile(file.toString());
    }
}
