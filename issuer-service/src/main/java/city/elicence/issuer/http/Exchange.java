package city.elicence.issuer.http;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.web.HttpDoor;
import city.elicence.web.HttpRefusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.ParsedHeaderValue;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One request and its answer, read and written the same way on every route. */
public final class Exchange {
    private static final int MAX_PARAMETER = 32 * 1024;
    private static final int MAX_PARAMETERS = 40;

    private final RoutingContext context;

    public Exchange(RoutingContext context) {
        this.context = context;
    }

    /** What a route does. */
    public interface Action {
        void on(Exchange exchange);
    }

    /** A route whose refusals are told in the words of the standards. */
    public static Handler<RoutingContext> route(Action action) {
        return context -> {
            try {
                action.on(new Exchange(context));
            } catch (Refused refused) {
                throw Problems.http(refused.problem());
            }
        };
    }

    public RoutingContext context() {
        return context;
    }

    public Tenant tenant(Tenants tenants) {
        return tenants.find(context.pathParam("tenant"))
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such authority here"));
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    public List<String> headers(String name) {
        return context.request().headers().getAll(name);
    }

    public boolean hasQuery(String name) {
        return context.queryParams().contains(name);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParams().get(name)).filter(value -> !value.isEmpty());
    }

    public String method() {
        return context.request().method().name();
    }

    /** Whether the client names one media type with more weight than another (RFC 9110 §12.5.1). */
    public boolean prefers(String mediaType, String over) {
        return weight(mediaType) > weight(over);
    }

    private float weight(String mediaType) {
        return context.parsedHeaders().accept().stream()
                .filter(accepted -> mediaType.equalsIgnoreCase(accepted.component() + "/" + accepted.subComponent()))
                .map(ParsedHeaderValue::weight)
                .max(Float::compare)
                .orElse(0f);
    }

    public boolean hasType(String mediaType) {
        String type = context.request().getHeader("Content-Type");
        return type != null
                && type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(mediaType);
    }

    /** What the client showed when it connected; it proves that the client has the key, and nothing else. */
    @Nullable
    X509Certificate clientCertificate() {
        SSLSession session = context.request().sslSession();
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate shown ? shown : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    public byte[] body() {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /** The body as a JSON object, or what {@code otherwise} says when it is none. */
    public Map<String, Object> json(Function<String, RuntimeException> otherwise) {
        if (!hasType("application/json")) {
            throw otherwise.apply("expected a body of type application/json");
        }
        try {
            return Json.parseObject(body());
        } catch (JsonException malformed) {
            throw otherwise.apply(String.valueOf(malformed.getMessage()));
        }
    }

    /** RFC 6749 §3.2: a form, in which no parameter comes twice; one without a value counts as left out. */
    public Map<String, String> form() {
        if (!hasType("application/x-www-form-urlencoded")) {
            throw Refused.grant(
                    Problem.Grant.GrantCode.INVALID_REQUEST,
                    "expected a body of type application/x-www-form-urlencoded");
        }
        return single(context.request().formAttributes());
    }

    /** The query's parameters, under the same rules. */
    public Map<String, String> queryForm() {
        return single(context.queryParams());
    }

    private static Map<String, String> single(MultiMap values) {
        Map<String, String> form = new HashMap<>();
        for (Map.Entry<String, String> entry : values) {
            if (entry.getValue().length() > MAX_PARAMETER || form.size() == MAX_PARAMETERS) {
                throw Refused.grant(Problem.Grant.GrantCode.INVALID_REQUEST, "too many or too long parameters");
            }
            if (form.put(entry.getKey(), entry.getValue()) != null) {
                throw Refused.grant(Problem.Grant.GrantCode.INVALID_REQUEST, "a parameter came twice");
            }
        }
        form.values().removeIf(String::isEmpty);
        return form;
    }

    public void header(String name, String value) {
        context.response().putHeader(name, value);
    }

    public void reply(int status, Map<String, Object> json) {
        reply(status, "application/json", Json.write(json));
    }

    public void reply(int status, String mediaType, String text) {
        reply(status, mediaType, Buffer.buffer(text));
    }

    public void reply(int status, String mediaType, Buffer body) {
        HttpServerResponse response = context.response().setStatusCode(status).putHeader("Content-Type", mediaType);
        if (!response.headers().contains("Cache-Control")) {
            response.putHeader("Cache-Control", "no-store");
        }
        finish(HttpDoor.end(context, body));
    }

    /** RFC 9110 §15.4.4: a browser that posted a form goes on with a GET. */
    public void redirect(String to) {
        finish(context.response()
                .setStatusCode(303)
                .putHeader("Location", to)
                .putHeader("Cache-Control", "no-store")
                .end());
    }

    public void replyEmpty() {
        finish(context.response().setStatusCode(204).end());
    }

    /** When the client has gone there is nobody left to tell. */
    private static void finish(Future<Void> end) {
        end.onFailure(gone -> {});
    }

    public static RuntimeException badDesk(String text) {
        return new HttpRefusal(400, "invalid_request", text);
    }
}
