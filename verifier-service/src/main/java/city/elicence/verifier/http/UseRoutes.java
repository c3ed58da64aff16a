package city.elicence.verifier.http;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.use.UseEntry.Act;
import city.elicence.verifier.claim.UseAnswers;
import city.elicence.verifier.claim.UseClaim;
import city.elicence.verifier.claim.UseDesk;
import city.elicence.verifier.claim.UseDraft;
import city.elicence.verifier.decide.Results;
import city.elicence.verifier.picture.PictureDesk;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Use once, over HTTP: register what an accepted check showed, use a reservation, give back. */
final class UseRoutes {
    static final String OF_CHECK = "/api/checks/:id/uses";
    static final String USES = "/api/uses";
    static final String USE = "/api/uses/:id";
    static final String PICTURES = "/api/pictures";
    static final String OVERSIGHT = "/oversight";
    static final String CONFIRM = "/api/uses/:id/confirm";
    static final String RELEASE = "/api/uses/:id/release";

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int USUAL_WAIT_SECONDS = 10;
    private static final int LONGEST_WAIT_SECONDS = 25;
    private static final int MOST_LISTED = 200;

    private final Vertx vertx;
    private final SignIn signIn;
    private final Results results;
    private final UseDesk desk;
    private final UseAnswers answers;
    private final PictureDesk pictures;

    UseRoutes(Vertx vertx, SignIn signIn, VerifierRoutes.Steps steps) {
        this.vertx = vertx;
        this.signIn = signIn;
        this.results = steps.results();
        this.desk = steps.uses();
        this.answers = steps.useAnswers();
        this.pictures = steps.pictures();
    }

    void addTo(Router router) {
        router.post(OF_CHECK).handler(Answers.guarded(this::use));
        router.get(OF_CHECK).handler(Answers.guarded(this::book));
        router.get(USES).handler(Answers.guarded(this::list));
        router.get(USE).handler(Answers.guarded(this::read));
        router.post(PICTURES).handler(Answers.guarded(this::picture));
        router.get(OVERSIGHT).handler(Answers.guarded(ctx -> Answers.json(ctx, 200, desk.counts())));
        router.post(CONFIRM).handler(Answers.guarded(ctx -> later(ctx, Act.USE)));
        router.post(RELEASE).handler(Answers.guarded(ctx -> later(ctx, Act.RELEASE)));
    }

    private void use(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        Results.Result check = ofCheck(caller, ctx);
        try {
            Fields body = Fields.parse(Forms.json(ctx)).only("act", "query", "amount", "hold_for", "rank");
            Act act = switch (body.optString("act").orElse("use")) {
                case "use" -> Act.USE;
                case "reserve" -> Act.RESERVE;
                default -> throw malformed("act: use or reserve");
            };
            var hold = body.optLong("hold_for");
            answer(
                    ctx,
                    new UseDraft(
                            check.tenant(),
                            caller.actor(),
                            key(ctx),
                            act,
                            check.id(),
                            body.optString("query").orElse(null),
                            null,
                            amount(body),
                            hold.isPresent() ? Duration.ofSeconds(hold.getAsLong()) : null,
                            rank(body)));
        } catch (JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private void later(RoutingContext ctx, Act act) {
        Caller caller = signIn.asker(ctx);
        UseClaim earlier = own(caller, ctx);
        try {
            Fields body = Fields.parse(Forms.json(ctx)).only("amount");
            answer(
                    ctx,
                    new UseDraft(
                            earlier.tenant(),
                            caller.actor(),
                            key(ctx),
                            act,
                            earlier.checkId(),
                            null,
                            earlier.id(),
                            amount(body),
                            null,
                            null));
        } catch (JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Integer rank(Fields body) throws JsonException {
        var rank = body.optLong("rank");
        return rank.isPresent() ? Math.clamp(rank.getAsLong(), 0, Integer.MAX_VALUE) : null;
    }

    /** Waits a while for the ledger; what is not settled by then is "not yet", and goes on by itself. */
    private void answer(RoutingContext ctx, UseDraft draft) {
        UseDesk.Taken taken = desk.take(draft);
        UseClaim claim = settled(draft.tenant(), taken.id(), wait(ctx, USUAL_WAIT_SECONDS));
        ctx.response().putHeader("Location", "/api/uses/" + claim.id());
        int registered = taken.fresh() ? 201 : 200;
        Answers.json(
                ctx,
                switch (claim.state()) {
                    case REGISTERED -> registered;
                    case REFUSED -> 409;
                    case INTENDED, SENT -> 202;
                },
                answers.of(claim));
    }

    private UseClaim settled(String tenant, String id, long waitSeconds) {
        UseClaim claim = desk.find(tenant, id);
        for (long waited = 0; waited < waitSeconds * 1000 && !claim.settled(); waited += LOOK_EVERY.toMillis()) {
            vertx.timer(LOOK_EVERY.toMillis()).await();
            claim = desk.find(tenant, id);
        }
        return claim;
    }

    private void read(RoutingContext ctx) {
        UseClaim claim = own(signIn.reader(ctx), ctx);
        Answers.json(ctx, 200, answers.of(settled(claim.tenant(), claim.id(), wait(ctx, 0))));
    }

    private void list(RoutingContext ctx) {
        Caller caller = signIn.reader(ctx);
        String wanted = Queries.text(ctx, "tenant");
        if (wanted != null) {
            caller.requireTenant(wanted);
        }
        List<Map<String, Object>> uses = new ArrayList<>();
        desk.latest(wanted == null ? caller.tenant() : wanted, (int) Queries.number(ctx, "limit", 50, 1, MOST_LISTED))
                .forEach(claim -> uses.add(answers.of(claim)));
        Answers.json(ctx, 200, Map.of("uses", uses));
    }

    private void book(RoutingContext ctx) {
        Results.Result check = ofCheck(signIn.asker(ctx), ctx);
        Answers.json(ctx, 200, answers.book(check.tenant(), check.id(), Queries.text(ctx, "query")));
    }

    private Results.Result ofCheck(Caller caller, RoutingContext ctx) {
        Results.Result check = results.find(ctx.pathParam("id"));
        caller.requireTenant(check.tenant());
        return check;
    }

    private UseClaim own(Caller caller, RoutingContext ctx) {
        UseClaim claim = desk.find(ctx.pathParam("id")).orElseThrow(() -> new CheckRefused(new Problem.UnknownUse()));
        try {
            caller.requireTenant(claim.tenant());
        } catch (CheckRefused another) {
            throw new CheckRefused(new Problem.UnknownUse());
        }
        return claim;
    }

    private void picture(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        try {
            Fields body = Fields.parse(Forms.json(ctx))
                    .only("tenant", "checks", "type", "key", "counterparty", "amount", "due", "declared");
            Answers.json(
                    ctx,
                    200,
                    pictures.make(new PictureDesk.Wanted(
                            caller.tenantOf(body),
                            body.strings("checks"),
                            body.string("type"),
                            path(body, "key"),
                            path(body, "counterparty"),
                            path(body, "amount"),
                            path(body, "due"),
                            body.optStrings("declared").orElse(List.of()))));
        } catch (JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static ClaimPath path(Fields body, String name) throws JsonException {
        try {
            return ClaimPath.parse(body.string(name));
        } catch (IllegalArgumentException e) {
            throw malformed(name + ": a claim path");
        }
    }

    private static long wait(RoutingContext ctx, int usual) {
        return Queries.number(ctx, "wait", usual, 0, LONGEST_WAIT_SECONDS);
    }

    private static String key(RoutingContext ctx) {
        String key = ctx.request().getHeader("Idempotency-Key");
        if (key == null) {
            throw malformed("Idempotency-Key: of your own choice, so that a lost answer loses and doubles nothing");
        }
        return key;
    }

    private static @Nullable Long amount(Fields body) throws JsonException {
        var amount = body.optLong("amount");
        return amount.isPresent() ? amount.getAsLong() : null;
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed("expected " + expected));
    }
}
