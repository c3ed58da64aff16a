package city.elicence.verifier.http;

import city.elicence.verifier.audit.AuditTrail;
import city.elicence.verifier.decide.Deciding;
import city.elicence.verifier.decide.Results;
import city.elicence.verifier.request.Asking;
import city.elicence.verifier.request.Presets;
import city.elicence.verifier.request.RequestDesk;
import city.elicence.verifier.response.ComingBack;
import city.elicence.verifier.response.Receiving;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.tenant.BackEnds;
import city.elicence.verifier.tenant.Tenants;
import city.elicence.web.StaffDoor;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** All routes of the service. {@code /openapi.json} describes each of them, and a test holds the two together. */
public final class VerifierRoutes {
    private final WalletRoutes wallet;
    private final CheckRoutes checks;
    private final DeskRoutes desk;
    private final StaffDoor staffDoor;

    /** The steps, which the routes call one after the other. */
    public record Steps(
            Asking asking,
            RequestDesk requests,
            Receiving receiving,
            ComingBack comingBack,
            Deciding deciding,
            Results results,
            AuditTrail audit) {}

    /** What stands around them. */
    public record Desk(
            Presets presets,
            String typesBase,
            Addresses addresses,
            Tenants tenants,
            BackEnds backEnds,
            StaffDoor staffDoor) {}

    public VerifierRoutes(Vertx vertx, Steps steps, Desk around) {
        SignIn signIn = new SignIn(around.staffDoor(), around.backEnds());
        this.wallet = new WalletRoutes(steps.requests(), steps.receiving(), steps.deciding(), steps.comingBack());
        this.checks = new CheckRoutes(
                vertx, signIn, new CheckBody(around.presets(), around.typesBase()), around.addresses(), steps);
        this.desk = new DeskRoutes(signIn, around, steps.audit());
        this.staffDoor = around.staffDoor();
    }

    /** Adds them to a router; called once for each instance. */
    public void addTo(Router router) {
        staffDoor.mount(router);
        desk.addTo(router);
        checks.addTo(router);
        wallet.addTo(router);
    }
}
