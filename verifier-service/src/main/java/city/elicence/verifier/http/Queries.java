package city.elicence.verifier.http;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query parameters, each at most once and within limits. */
final class Queries {
    private static final int LONGEST = 200;

    private Queries() {}

    static @Nullable String text(RoutingContext ctx, String name) {
        List<String> values = ctx.queryParam(name);
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1 || values.get(0).length() > LONGEST) {
            throw malformed(name + ": once, at most " + LONGEST + " characters");
        }
        return values.get(0);
    }

    static long number(RoutingContext ctx, String name, long usual, long least, long most) {
        String text = text(ctx, name);
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Said below, in the same words.
        }
        throw malformed(name + ": a number from " + least + " to " + most);
    }

    private static CheckRefused malformed(String expected) {
        return new CheckRefused(new Problem.Malformed("expected " + expected));
    }
}
