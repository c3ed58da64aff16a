package city.elicence.verifier.http;

import city.elicence.verifier.audit.AuditTrail;
import city.elicence.verifier.claim.UseAnswers;
import city.elicence.verifier.claim.UseDesk;
import city.elicence.verifier.decide.Deciding;
import city.elicence.verifier.decide.OfflineDesk;
import city.elicence.verifier.decide.Results;
import city.elicence.verifier.picture.PictureDesk;
import city.elicence.verifier.receipt.DossierAsking;
import city.elicence.verifier.receipt.ReceiptDesk;
import city.elicence.verifier.receipt.ReceiptRoutes;
import city.elicence.verifier.record.CheckRecord;
import city.elicence.verifier.request.Asking;
import city.elicence.verifier.request.Presets;
import city.elicence.verifier.request.RequestDesk;
import city.elicence.verifier.response.ComingBack;
import city.elicence.verifier.response.Receiving;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.tenant.BackEnds;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenants;
import city.elicence.verifier.trust.CurrentTrust;
import city.elicence.web.Pages;
import city.elicence.web.StaffDoor;
import city.elicence.web.WalletsInBrowsers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All routes of the service. {@code /openapi.json} describes each of them, and a test holds the two together. */
public final class VerifierRoutes {
    private final WalletRoutes wallet;
    private final CheckRoutes checks;
    private final DeskRoutes desk;
    private final OfflineRoutes offline;
    private final UseRoutes uses;
    private final TestPinRoutes testPins;
    private final ReceiptRoutes receipts;
    private final StaffDoor staffDoor;
    private final Set<String> described = ConcurrentHashMap.newKeySet();

    /** The steps, which the routes call one after the other. */
    public record Steps(
            Asking asking,
            RequestDesk requests,
            Receiving receiving,
            ComingBack comingBack,
            Deciding deciding,
            Results results,
            OfflineDesk offline,
            UseDesk uses,
            UseAnswers useAnswers,
            PictureDesk pictures,
            AuditTrail audit,
            ReceiptDesk receipts,
            DossierAsking dossiers,
            CheckRecord record) {}

    /** What stands around them. */
    public record Desk(
            Presets presets,
            String typesBase,
            Addresses addresses,
            Tenants tenants,
            BackEnds backEnds,
            SigningKeys keys,
            CurrentTrust trust,
            boolean plainHttpAllowed,
            StaffDoor staffDoor) {}

    public VerifierRoutes(Vertx vertx, Steps steps, Desk around) {
        SignIn signIn = new SignIn(around.staffDoor(), around.backEnds());
        this.wallet = new WalletRoutes(steps.requests(), steps.receiving(), steps.deciding(), steps.comingBack());
        this.checks = new CheckRoutes(
                vertx,
                signIn,
                new CheckBody(around.presets(), around.typesBase()),
                around.addresses(),
                around.tenants(),
                steps);
        this.desk = new DeskRoutes(signIn, around, steps.audit());
        this.offline = new OfflineRoutes(
                signIn,
                around.tenants(),
                steps.offline(),
                steps.audit(),
                new OfflineRoutes.Trust(around.trust(), around.keys()));
        this.uses = new UseRoutes(vertx, signIn, steps);
        this.testPins = new TestPinRoutes(signIn, around.trust().pins());
        this.receipts = new ReceiptRoutes(
                steps.receipts(), steps.dossiers(), around.tenants(), around.staffDoor(), around.plainHttpAllowed());
        this.staffDoor = around.staffDoor();
    }

    /** Adds them to a router; called once for each instance. */
    public void addTo(Router router) {
        WalletsInBrowsers.admit(router, List.of("/:tenant/request/:id", "/:tenant/response/:id"));
        staffDoor.mount(router);
        desk.addTo(router);
        checks.addTo(router);
        offline.addTo(router);
        uses.addTo(router);
        testPins.addTo(router);
        receipts.addTo(router);
        wallet.addTo(router);
        for (Route route : router.getRoutes()) {
            Set<HttpMethod> methods = route.methods();
            String path = route.getPath();
            if (methods != null && path != null) {
                methods.forEach(method -> described.add(
                        method.name().toLowerCase(Locale.ROOT) + " " + path.replaceAll(":([a-z0-9]+)", "{$1}")));
            }
        }
        router.get("/shown").handler(ctx -> ctx.reroute("/shown.html"));
        router.get("/checks/:id").handler(ctx -> ctx.reroute("/verifier.html"));
        Pages.mount(router, "pages/verifier", "verifier.html");
    }

    /** Method and path template of each route, as {@code /openapi.json} writes them. */
    public Set<String> described() {
        return Set.copyOf(described);
    }
}
