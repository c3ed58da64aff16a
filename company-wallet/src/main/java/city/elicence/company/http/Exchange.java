package city.elicence.company.http;

import city.elicence.company.keep.Refused;
import city.elicence.credentials.json.Json;
import city.elicence.web.HttpRefusal;
import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How a route runs: on a thread of its own, since a wallet waits for other services, which may ask this one meanwhile. Its answer is
 * JSON; what it refuses is mapped here, and nowhere else.
 */
final class Exchange implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What a route does. */
    interface Step {
        Map<String, ?> run(RoutingContext ctx) throws Exception;
    }

    Handler<RoutingContext> json(Step step) {
        return ctx -> threads.execute(() -> {
            try {
                String text = Json.write(step.run(ctx));
                ctx.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(text)
                        .await();
            } catch (Refused refused) {
                ctx.fail(toldOutside(refused.reason()));
            } catch (Exception failed) {
                ctx.fail(failed);
            }
        });
    }

    static String field(RoutingContext ctx, String name) {
        Object value = body(ctx).getValue(name);
        if (value instanceof String text && !text.isBlank() && text.length() <= 16 * 1024) {
            return text;
        }
        throw Refused.malformed(name + ": expected a text");
    }

    static JsonObject body(RoutingContext ctx) {
        try {
            JsonObject body = ctx.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException e) {
            throw Refused.malformed("a JSON object");
        }
    }

    static HttpRefusal toldOutside(Refused.Reason reason) {
        return switch (reason) {
            case Refused.Reason.NotFound(String what) -> new HttpRefusal(404, "not_found", "there is no such " + what);
            case Refused.Reason.Malformed(String expected) -> new HttpRefusal(400, "invalid_request", expected);
            case Refused.Reason.Conflict(String code, String found) ->
                new HttpRefusal(409, "conflict", found, Map.of(), Map.of("code", code));
            case Refused.Reason.NotMandated(String power) ->
                new HttpRefusal(
                        403,
                        "insufficient_scope",
                        "this needs a mandate in force with the power " + power,
                        Map.of(),
                        Map.of("code", reason.code()));
            case Refused.Reason.ByWallet(var refusal) ->
                new HttpRefusal(
                        422,
                        "refused",
                        refusal.sentence().en(),
                        Map.of(),
                        Map.of(
                                "code", refusal.code(),
                                "detail", refusal.detail(),
                                "refusal", WalletJson.refusal(refusal)));
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
