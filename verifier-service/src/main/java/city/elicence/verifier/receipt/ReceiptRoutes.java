package city.elicence.verifier.receipt;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.verify.refusal.RefusedException;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.tenant.Tenants;
import city.elicence.web.HttpRefusal;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where companies bring receipts, and staff look at them. */
public final class ReceiptRoutes {
    private final ReceiptDesk desk;
    private final DossierAsking dossiers;
    private final boolean plainHttpAllowed;
    private final Tenants tenants;
    private final StaffDoor staff;

    public ReceiptRoutes(
            ReceiptDesk desk, DossierAsking dossiers, Tenants tenants, StaffDoor staff, boolean plainHttpAllowed) {
        this.desk = desk;
        this.dossiers = dossiers;
        this.plainHttpAllowed = plainHttpAllowed;
        this.tenants = tenants;
        this.staff = staff;
    }

    public void addTo(Router router) {
        router.post("/receipts/:tenant").handler(this::take);
        router.post("/api/:tenant/dossier-queries").handler(this::ask);
        router.get("/api/:tenant/receipts").handler(ctx -> {
            staff.require(ctx, StaffRole.VERIFIER, StaffRole.AUDITOR);
            answer(ctx, Map.of("receipts", desk.all(tenant(ctx))));
        });
    }

    private void ask(RoutingContext ctx) {
        staff.require(ctx, StaffRole.VERIFIER);
        Tenant tenant = tenant(ctx);
        try {
            Fields body = body(ctx);
            URI dossier = body.uri("dossier");
            boolean allowed = "https".equals(dossier.getScheme()) || plainHttpAllowed;
            if (!allowed) {
                throw new JsonException("dossier: expected an https address");
            }
            String reference = body.string("reference");
            ctx.vertx()
                    .executeBlocking(() -> dossiers.ask(tenant, dossier, reference), false)
                    .onSuccess(documents -> answer(ctx, Map.of("documents", documents)))
                    .onFailure(unreachable ->
                            ctx.fail(new HttpRefusal(502, "unreachable", "the company's dossier could not be asked")));
        } catch (JsonException malformed) {
            throw new HttpRefusal(400, "invalid_request", "expected the dossier's address and a reference");
        }
    }

    /** Anybody may bring one: it is the company's signature that counts. */
    private void take(RoutingContext ctx) {
        try {
            Fields body = body(ctx);
            String consent = body.optString("consent").orElse(null);
            Optional<String> both = body.optString("countersigned");
            if (both.isPresent()) {
                desk.takeCountersigned(tenant(ctx), both.get(), consent);
                answer(ctx, Map.of("kept", true));
                return;
            }
            Tenant tenant = tenant(ctx);
            ReceiptDesk.Taken taken = desk.take(tenant, body.string("receipt"), consent);
            String signed = taken.countersigned();
            ctx.response().setStatusCode(taken.awaited() ? 202 : 200);
            answer(ctx, signed == null ? Map.of("kept", true) : Map.of("kept", true, "countersigned", signed));
        } catch (RefusedException refused) {
            throw new HttpRefusal(
                    422,
                    "refused",
                    refused.refusal().en(),
                    Map.of(),
                    Map.of("code", refused.refusal().code(), "detail", refused.detail()));
        } catch (JsonException malformed) {
            throw new HttpRefusal(400, "invalid_request", "expected a receipt, and the consent that it names");
        }
    }

    /** A request without content has no body at all, not an empty one. */
    private static Fields body(RoutingContext ctx) throws JsonException {
        return Fields.parse(Objects.requireNonNullElse(ctx.body().asString(), ""));
    }

    private Tenant tenant(RoutingContext ctx) {
        return tenants.find(ctx.pathParam("tenant"))
                .orElseThrow(() -> new HttpRefusal(404, "not_found", "there is no such party"));
    }

    private static void answer(RoutingContext ctx, Map<String, Object> json) {
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.write(json));
    }
}
