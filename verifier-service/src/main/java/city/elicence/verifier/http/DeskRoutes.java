package city.elicence.verifier.http;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Label;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.audit.AuditTrail;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.request.Preset;
import city.elicence.verifier.tenant.Tenant;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the desk needs besides checks: the named checks, the relying parties, their back ends, and the audit trail. */
final class DeskRoutes {
    static final String PRESETS = "/api/presets";
    static final String LABELS = "/api/labels";
    static final String TENANTS = "/api/tenants";
    static final String BACK_ENDS = "/api/tenants/:tenant/back-ends";
    static final String AUDIT = "/api/audit";
    static final String OPENAPI = "/openapi.json";

    private static final int MOST_AUDIT_ROWS = 1_000;

    private final SignIn signIn;
    private final VerifierRoutes.Desk desk;
    private final AuditTrail audit;
    private final String openApi;

    DeskRoutes(SignIn signIn, VerifierRoutes.Desk desk, AuditTrail audit) {
        this.signIn = signIn;
        this.desk = desk;
        this.audit = audit;
        this.openApi = resource("/verifier/openapi.json");
    }

    void addTo(Router router) {
        router.get(PRESETS).handler(Answers.guarded(this::presets));
        router.get(LABELS).handler(Answers.guarded(this::labels));
        router.get(TENANTS).handler(Answers.guarded(this::tenants));
        router.post(BACK_ENDS).handler(Answers.guarded(this::admitBackEnd));
        router.get(AUDIT).handler(Answers.guarded(this::audit));
        router.get(OPENAPI).handler(ctx -> Answers.text(ctx, "application/json", openApi));
    }

    private void presets(RoutingContext ctx) {
        List<Map<String, Object>> presets = new ArrayList<>();
        for (Preset preset : desk.presets().all()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", preset.id());
            json.put("label", preset.label().toJson());
            json.put("purpose", preset.purpose().toJson());
            json.put("dcql", Preset.withAddresses(preset.dcql(), desk.typesBase()));
            presets.add(json);
        }
        Answers.json(ctx, 200, Map.of("presets", presets));
    }

    /** What people call the types of licence and their claims, for pages that show a verdict. */
    private void labels(RoutingContext ctx) {
        Map<String, Object> types = new LinkedHashMap<>();
        for (CredentialType type : Catalogue.builtIn().types()) {
            Map<String, Object> claims = new LinkedHashMap<>();
            type.allClaims().forEach(claim -> claims.put(claim.name(), both(claim.label())));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("label", both(type.label()));
            json.put("claims", claims);
            types.put(type.id(), json);
        }
        Answers.json(ctx, 200, Map.of("types", types));
    }

    private static Map<String, Object> both(Label label) {
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("zh", label.zh());
        texts.put("en", label.en());
        return texts;
    }

    private void tenants(RoutingContext ctx) {
        Caller caller = signIn.reader(ctx);
        List<Map<String, Object>> tenants = new ArrayList<>();
        for (Tenant tenant : desk.tenants().all()) {
            if (caller.tenant() == null || caller.tenant().equals(tenant.name())) {
                Map<String, Object> label = new LinkedHashMap<>();
                label.put("zh", tenant.labelZh());
                label.put("en", tenant.labelEn());
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("name", tenant.name());
                json.put("did", tenant.did().toString());
                json.put("label", label);
                json.put("client_id", "x509_hash:" + tenant.chain().sha256OfLeaf());
                tenants.add(json);
            }
        }
        Answers.json(ctx, 200, Map.of("tenants", tenants));
    }

    /** The secret is in this one answer and nowhere else. */
    private void admitBackEnd(RoutingContext ctx) {
        Caller caller = signIn.admin(ctx);
        Tenant tenant = desk.tenants().require(ctx.pathParam("tenant"));
        try {
            Fields body = Fields.parse(Forms.json(ctx));
            String label = body.string("label");
            URI callback = body.has("callback") ? callback(body.uri("callback")) : null;
            if (label.isBlank() || label.length() > 60) {
                throw new JsonException("label: expected 1 to 60 characters");
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("tenant", tenant.name());
            json.put("label", label);
            json.put("secret", desk.backEnds().admit(tenant.name(), label, callback, caller.actor()));
            Answers.json(ctx, 201, json);
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed(String.valueOf(e.getMessage())));
        }
    }

    private URI callback(URI address) throws JsonException {
        boolean plain = desk.plainHttpAllowed() && "http".equals(address.getScheme());
        if (address.getHost() == null
                || address.toString().length() > 1024
                || !(plain || "https".equals(address.getScheme()))) {
            throw new JsonException("callback: expected an https address");
        }
        return address;
    }

    private void audit(RoutingContext ctx) {
        Caller caller = signIn.reader(ctx);
        String wanted = Queries.text(ctx, "tenant");
        if (wanted != null) {
            caller.requireTenant(wanted);
        }
        Answers.json(
                ctx,
                200,
                Map.of(
                        "rows",
                        audit.after(
                                wanted == null ? caller.tenant() : wanted,
                                Queries.number(ctx, "after", 0, 0, Long.MAX_VALUE),
                                (int) Queries.number(ctx, "limit", 100, 1, MOST_AUDIT_ROWS))));
    }

    private static String resource(String name) {
        try (InputStream in = DeskRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
