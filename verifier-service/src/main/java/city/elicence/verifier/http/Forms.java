package city.elicence.verifier.http;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forms as OAuth posts them: {@code application/x-www-form-urlencoded}, UTF-8, each parameter once. */
final class Forms {
    private static final int MOST_PARAMETERS = 32;

    private Forms() {}

    /** Without a body there are no parameters, and no type to name (RFC 9110 §8.3). */
    static Map<String, List<String>> read(RoutingContext ctx) {
        if (ctx.request().getHeader("Content-Type") == null && ctx.body().length() <= 0) {
            return Map.of();
        }
        if (!hasType(ctx, "application/x-www-form-urlencoded")) {
            throw malformed("Content-Type: application/x-www-form-urlencoded");
        }
        MultiMap attributes = ctx.request().formAttributes();
        if (attributes.size() > MOST_PARAMETERS) {
            throw malformed("at most " + MOST_PARAMETERS + " form parameters");
        }
        Map<String, List<String>> form = new LinkedHashMap<>();
        attributes.names().forEach(name -> form.put(name, attributes.getAll(name)));
        return form;
    }

    /** A parameter without a value is not there (RFC 6749 §3.1). */
    static @Nullable String optional(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw malformed("the form parameter " + name + " once");
        }
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    /** A JSON body, as text. */
    static String json(RoutingContext ctx) {
        if (!hasType(ctx, "application/json")) {
            throw malformed("Content-Type: application/json");
        }
        String body = ctx.body().asString();
        return body == null ? "" : body;
    }

    /** The media type, whatever its parameters. */
    private static boolean hasType(RoutingContext ctx, String mediaType) {
        String type = ctx.request().getHeader("Content-Type");
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType);
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed("expected " + expected));
    }
}
