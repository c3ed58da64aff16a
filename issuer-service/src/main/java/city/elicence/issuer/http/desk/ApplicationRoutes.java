package city.elicence.issuer.http.desk;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.issuer.approve.Acts;
import city.elicence.issuer.evidence.Application;
import city.elicence.issuer.evidence.EvidenceDesk;
import city.elicence.issuer.http.Exchange;
import city.elicence.issuer.offer.OfferRequest;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applications for licences whose type requires evidence: opened, shown for, and offered once the evidence is whole. */
public final class ApplicationRoutes {
    private final Tenants tenants;
    private final Addresses addresses;
    private final StaffDoor staff;
    private final EvidenceDesk evidence;
    private final Acts acts;
    private final Clock clock;

    public ApplicationRoutes(
            Tenants tenants, Addresses addresses, StaffDoor staff, EvidenceDesk evidence, Acts acts, Clock clock) {
        this.tenants = tenants;
        this.addresses = addresses;
        this.staff = staff;
        this.evidence = evidence;
        this.acts = acts;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.post("/api/:tenant/applications").handler(Exchange.route(this::apply));
        router.get("/api/:tenant/applications").handler(Exchange.route(this::list));
        router.get("/api/:tenant/applications/:application").handler(Exchange.route(this::look));
        router.post("/api/:tenant/applications/:application/requests").handler(Exchange.route(this::ask));
        router.post("/api/:tenant/applications/:application/offer").handler(Exchange.route(this::offer));
    }

    private void apply(Exchange x) {
        String clerk = clerk(x);
        Tenant tenant = x.tenant(tenants);
        OfferRequest.Licence licence;
        try {
            Fields body = Fields.of(x.json(Exchange::badDesk));
            licence = new OfferRequest.Licence(
                    body.string("type"),
                    body.object("claims"),
                    body.optString("for").orElse(null),
                    Map.of());
        } catch (JsonException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        String id = acts.apply(tenant, clerk, licence, clock.instant());
        x.reply(201, json(evidence.look(tenant, id, clock.instant())));
    }

    private void list(Exchange x) {
        clerk(x);
        x.reply(
                200,
                Map.of(
                        "applications",
                        evidence.open(x.tenant(tenants), clock.instant()).stream()
                                .map(ApplicationRoutes::json)
                                .toList()));
    }

    private void look(Exchange x) {
        clerk(x);
        x.reply(200, json(evidence.look(x.tenant(tenants), x.path("application"), clock.instant())));
    }

    private void ask(Exchange x) {
        clerk(x);
        List<String> credentials;
        try {
            credentials = Fields.of(x.json(Exchange::badDesk))
                    .optStrings("credentials")
                    .orElse(List.of());
        } catch (JsonException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        x.reply(201, json(evidence.ask(x.tenant(tenants), x.path("application"), credentials, null, clock.instant())));
    }

    private void offer(Exchange x) {
        String clerk = clerk(x);
        Tenant tenant = x.tenant(tenants);
        ActRoutes.reply(x, addresses, acts.offerApplication(tenant, clerk, x.path("application"), clock.instant()));
    }

    private static Map<String, Object> json(Application application) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("application", application.id());
        json.put("type", application.type());
        json.put("opened_by", application.openedBy());
        json.put("opened_at", application.openedAt().toString());
        json.put("expires_at", application.expiresAt().toString());
        json.put("status", application.closed() ? "closed" : application.whole() ? "whole" : "waiting");
        json.put("wanted", application.wanted());
        json.put(
                "showings",
                application.showings().stream().map(ApplicationRoutes::showing).toList());
        return json;
    }

    private static Map<String, Object> showing(Application.Showing showing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credentials", showing.credentials());
        json.put("outcome", showing.outcome());
        Optional.ofNullable(showing.code()).ifPresent(code -> json.put("code", code));
        json.put("asked_at", showing.askedAt().toString());
        if (showing.outcome().equals("waiting")) {
            json.put("link", showing.link());
            json.put("qr_png", showing.qr());
        }
        Optional.ofNullable(showing.decidedAt()).ifPresent(at -> json.put("decided_at", at.toString()));
        Optional.ofNullable(showing.verdict()).ifPresent(verdict -> json.put("verdict", verdict));
        return json;
    }

    private String clerk(Exchange x) {
        return staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN).subject();
    }
}
