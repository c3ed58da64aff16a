package city.elicence.verifier.http;

import city.elicence.credentials.json.Json;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.web.HttpDoor;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** How the routes answer: JSON, never cached, and refusals by the one mapping. */
final class Answers {
    private Answers() {}

    /** A handler whose refusals become what {@link Problems} says. */
    static Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (CheckRefused refused) {
                ctx.fail(Problems.toHttp(refused.problem()));
            }
        };
    }

    static void json(RoutingContext ctx, int status, Map<String, Object> body) {
        ctx.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        finish(ctx, Json.write(body));
    }

    static void text(RoutingContext ctx, String contentType, String body) {
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        finish(ctx, body);
    }

    /** A file to keep; never cached on the way. */
    static void file(RoutingContext ctx, String contentType, String name, byte[] octets) {
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        HttpDoor.end(ctx, Buffer.buffer(octets)).onFailure(gone -> {});
    }

    /** When the client has gone there is nobody left to tell. */
    private static void finish(RoutingContext ctx, String body) {
        HttpDoor.end(ctx, Buffer.buffer(body)).onFailure(gone -> {});
    }
}
