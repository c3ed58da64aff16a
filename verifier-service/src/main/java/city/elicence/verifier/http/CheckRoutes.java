package city.elicence.verifier.http;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.audit.AuditTrail;
import city.elicence.verifier.decide.Results;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.record.CheckRecord;
import city.elicence.verifier.request.Asking;
import city.elicence.verifier.request.CheckDraft;
import city.elicence.verifier.request.Flow;
import city.elicence.verifier.request.RequestDesk;
import city.elicence.verifier.response.ComingBack;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.tenant.Tenants;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API of the verifier's page and of relying parties' back ends: create, poll or follow, come back, delete. */
final class CheckRoutes {
    static final String CHECKS = "/api/checks";
    static final String CHECK = "/api/checks/:id";
    static final String EVENTS = "/api/checks/:id/events";
    static final String RECORD = "/api/checks/:id/record.pdf";
    static final String RETURN = "/api/checks/:id/return";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LONGEST_FOLLOW = Duration.ofMinutes(31);
    private static final int MOST_LISTED = 200;

    private final Vertx vertx;
    private final SignIn signIn;
    private final CheckBody bodies;
    private final Asking asking;
    private final RequestDesk requests;
    private final Addresses addresses;
    private final Results results;
    private final ComingBack comingBack;
    private final AuditTrail audit;
    private final Tenants tenants;
    private final CheckRecord record;

    CheckRoutes(
            Vertx vertx,
            SignIn signIn,
            CheckBody bodies,
            Addresses addresses,
            Tenants tenants,
            VerifierRoutes.Steps steps) {
        this.vertx = vertx;
        this.signIn = signIn;
        this.bodies = bodies;
        this.addresses = addresses;
        this.asking = steps.asking();
        this.requests = steps.requests();
        this.results = steps.results();
        this.comingBack = steps.comingBack();
        this.audit = steps.audit();
        this.tenants = tenants;
        this.record = steps.record();
    }

    void addTo(Router router) {
        router.post(CHECKS).handler(Answers.guarded(this::create));
        router.get(CHECKS).handler(Answers.guarded(this::list));
        router.get(CHECK).handler(Answers.guarded(this::read));
        router.get(EVENTS).handler(Answers.guarded(this::follow));
        router.get(RECORD).handler(Answers.guarded(this::record));
        router.post(RETURN).handler(Answers.guarded(this::comeBack));
        router.delete(CHECK).handler(Answers.guarded(this::delete));
    }

    private void create(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        String body = Forms.json(ctx);
        String tenant = tenant(caller, body);
        CheckDraft draft = bodies.read(
                tenant,
                caller,
                body,
                ctx.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE),
                ctx.request().getHeader("Idempotency-Key"));
        Asking.Opened opened = asking.open(draft);
        if (opened.session() != null && opened.flow() == Flow.SAME_DEVICE) {
            ctx.response()
                    .addCookie(CheckSession.cookie(
                            opened.session(),
                            "/" + tenant + "/return/" + opened.id(),
                            "https".equals(addresses.base().getScheme()),
                            draft.options().lifetime().toSeconds()));
        }
        Answers.json(ctx, opened.fresh() ? 201 : 200, describe(opened));
    }

    private static String tenant(Caller caller, String body) {
        try {
            return caller.tenantOf(Fields.parse(body));
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed(String.valueOf(e.getMessage())));
        }
    }

    private Map<String, Object> describe(Asking.Opened opened) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", opened.id());
        json.put("tenant", opened.tenant());
        json.put("status", "waiting");
        json.put("expires_at", opened.expiresAt().toString());
        json.put("client_id", opened.clientId());
        json.put("request_uri", requests.address(opened.tenant(), opened.id()).toString());
        json.put("link", requests.link(opened, "openid4vp"));
        json.put("link_haip", requests.link(opened, "haip-vp"));
        json.put("qr", addresses.qr(opened.tenant(), opened.id()).toString());
        json.put("result", addresses.check(opened.id()).toString());
        return json;
    }

    private void list(RoutingContext ctx) {
        Caller caller = signIn.reader(ctx);
        String wanted = Queries.text(ctx, "tenant");
        if (wanted != null) {
            caller.requireTenant(wanted);
        }
        String tenant = wanted == null ? caller.tenant() : wanted;
        List<Map<String, Object>> checks = new ArrayList<>();
        results.latest(tenant, (int) Queries.number(ctx, "limit", 50, 1, MOST_LISTED))
                .forEach(result -> checks.add(result.json()));
        Answers.json(ctx, 200, Map.of("checks", checks));
    }

    /** Long-polls when asked to: {@code ?wait=20} answers as soon as the status is not the one given, or after 20 seconds. */
    private void read(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        long waitSeconds = Queries.number(ctx, "wait", 0, 0, LONGEST_WAIT.toSeconds());
        Results.Result result = own(caller, ctx.pathParam("id"));
        for (long waited = 0; waited < waitSeconds * 1000 && !result.settled(); waited += LOOK_EVERY.toMillis()) {
            pause();
            result = own(caller, ctx.pathParam("id"));
        }
        Answers.json(ctx, 200, shown(caller, result));
    }

    /** Server-sent events: one {@code check} event for every change of status, and the end when it is settled. */
    private void follow(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        Results.Result result = own(caller, ctx.pathParam("id"));
        ctx.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        String told = "";
        for (long waited = 0; waited < LONGEST_FOLLOW.toMillis(); waited += LOOK_EVERY.toMillis()) {
            String status = result.json().get("status") + "|" + result.json().get("fetched");
            if (!status.equals(told)) {
                told = status;
                ctx.response()
                        .write("event: check\ndata: " + Json.write(shown(caller, result)) + "\n\n")
                        .await();
            } else if (waited % 15_000 == 0) {
                ctx.response().write(": still waiting\n\n").await();
            }
            if (result.settled() || ctx.response().closed()) {
                break;
            }
            pause();
            result = own(caller, ctx.pathParam("id"));
        }
        if (!ctx.response().closed()) {
            ctx.response().end().await();
        }
    }

    private void comeBack(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        Results.Result result = own(caller, ctx.pathParam("id"));
        try {
            comingBack.backEnd(
                    result.tenant(), result.id(), Fields.parse(Forms.json(ctx)).string("response_code"));
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed(String.valueOf(e.getMessage())));
        }
        Answers.json(ctx, 200, shown(caller, own(caller, result.id())));
    }

    private void delete(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        results.delete(own(caller, ctx.pathParam("id")).id(), caller.actor());
        ctx.response().setStatusCode(204).end();
    }

    /** The check on paper; whoever reads it is written down as one who read what was shown. */
    private void record(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        Results.Result result = own(caller, ctx.pathParam("id"));
        if (!result.settled()) {
            throw new CheckRefused(new Problem.NotSettled());
        }
        byte[] pdf = record.of(
                tenants.require(result.tenant()), shown(caller, result), !"en".equals(Queries.text(ctx, "lang")));
        Answers.file(ctx, "application/pdf", "check-" + result.id() + ".pdf", pdf);
    }

    private Results.Result own(Caller caller, String id) {
        Results.Result result = results.find(id);
        caller.requireTenant(result.tenant());
        return result;
    }

    private Map<String, Object> shown(Caller caller, Results.Result result) {
        if (result.showsClaims()) {
            audit.claimsRead(result.tenant(), result.id(), caller.actor());
        }
        return result.json();
    }

    private void pause() {
        vertx.timer(LOOK_EVERY.toMillis()).await();
    }
}
