package city.elicence.web;

import city.elicence.web.database.DatabaseUnavailable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.pgclient.PgException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request passes on its way in, and every failure on its way out. */
final class Doorway {
    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String TRACE = "trace";
    private static final String HEADERS_ONLY = "headers only";
    /** PostgreSQL's text holds every character but U+0000: what has it names nothing that is here, and is not kept either. */
    private static final String NO_SUCH_CHARACTER = "22021";

    private static final String TRACE_HEADER = "Trace-Id";
    /** RFC 9110 §5.6.7, IMF-fixdate. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; font-src 'self'; manifest-src 'self'; img-src 'self' data: blob:; "
            + "media-src 'self' blob:; base-uri 'none'; ";

    private static final String RETRY_AFTER_SECONDS = "2";

    private Doorway() {}

    static boolean headersOnly(RoutingContext ctx) {
        return Boolean.TRUE.equals(ctx.get(HEADERS_ONLY));
    }

    /** Gives each request a trace id, sets the security headers, and maps every failure. */
    static void guard(Router router, DoorSettings settings) {
        String policy = CONTENT_POLICY + settings.framing().policy();
        router.route().handler(ctx -> {
            byte[] random = new byte[9];
            RANDOM.nextBytes(random);
            String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            ctx.put(TRACE, id);
            HttpServerResponse response = ctx.response();
            response.putHeader(TRACE_HEADER, id);
            // RFC 9110 §6.6.1: a server with a clock dates every answer.
            response.putHeader(HttpHeaders.DATE, HTTP_DATE.format(Instant.now()));
            // RFC 9110 §12.5.5: a cache must not hand what was compressed to who does not take that.
            response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            response.putHeader("X-Content-Type-Options", "nosniff");
            response.putHeader("Referrer-Policy", "no-referrer");
            response.putHeader("Content-Security-Policy", policy);
            response.putHeader("Permissions-Policy", "camera=(self), geolocation=(), microphone=()");
            response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
            if (settings.tls() != null) {
                response.putHeader("Strict-Transport-Security", "max-age=31536000");
            }
            if (ctx.request().path().contains("%00")) {
                nothingHere(ctx);
                return;
            }
            // RFC 9110 §9.3.2: what can be fetched can be asked for its header fields alone.
            if (ctx.request().method().equals(HttpMethod.HEAD)) {
                ctx.put(HEADERS_ONLY, true);
                ctx.reroute(HttpMethod.GET, ctx.request().uri());
                return;
            }
            ctx.next();
        });
        router.route().failureHandler(ctx -> fail(ctx, settings.name()));
        unmatched(router);
        router.get("/health").handler(ctx -> ctx.json(new JsonObject().put("status", "up")));
    }

    /** The shared stylesheet and scripts, under {@code /assets}. */
    static void assets(Router router) {
        router.route("/assets/*")
                .handler(StaticHandler.create("web").setCachingEnabled(false).setIncludeHidden(false));
    }

    /** What no route took. */
    private static void unmatched(Router router) {
        router.errorHandler(404, Doorway::nothingHere);
        for (int status : new int[] {406, 415}) {
            router.errorHandler(status, ctx -> answer(ctx, status, "invalid_request", clientFault(status)));
        }
        router.errorHandler(405, ctx -> {
            ctx.response().putHeader(HttpHeaders.ALLOW, taken(router, ctx.normalizedPath()));
            answer(ctx, 405, "invalid_request", clientFault(405));
        });
    }

    /** RFC 9110 §15.5.6: the methods that are taken at an address which does not take this one. */
    private static String taken(Router router, String path) {
        return router.getRoutes().stream()
                .filter(route -> route.getPath() != null
                        && path.matches(
                                route.getPath().replaceAll(":\\w+", "[^/]+").replace("*", ".*")))
                .flatMap(route -> Stream.ofNullable(route.methods()).flatMap(Set::stream))
                .map(HttpMethod::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void nothingHere(RoutingContext ctx) {
        answer(ctx, 404, "not_found", "there is nothing at this address");
    }

    private static void fail(RoutingContext ctx, String service) {
        Throwable failure = ctx.failure();
        if (ctx.response().headWritten()) {
            ctx.response().reset();
            return;
        }
        if (failure instanceof HttpRefusal refusal) {
            LOG.info("{} refused {}: {} (trace {})", service, ctx.normalizedPath(), refusal.error(), trace(ctx));
            refusal.headers().forEach(ctx.response()::putHeader);
            answer(ctx, refusal.status(), refusal.error(), refusal.description(), refusal);
            return;
        }
        if (failure instanceof PgException refused && NO_SUCH_CHARACTER.equals(refused.getSqlState())) {
            answer(ctx, 400, "invalid_request", "expected text without the character U+0000");
            return;
        }
        int status = ctx.statusCode();
        if (status >= 400 && status < 500) {
            answer(ctx, status, "invalid_request", clientFault(status));
            return;
        }
        DatabaseUnavailable away = databaseAway(failure);
        if (away != null) {
            LOG.warn("{} on {} (trace {}): {}", service, ctx.normalizedPath(), trace(ctx), away.getMessage());
            ctx.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            answer(
                    ctx,
                    503,
                    "temporarily_unavailable",
                    "our database does not answer; look before you ask again: this may have been done");
            return;
        }
        // The trace stays in the log; its message may name what a library saw, so only its kind and place are kept.
        LOG.error("{} failed on {} (trace {}): {}", service, ctx.normalizedPath(), trace(ctx), place(failure));
        answer(ctx, 500, "server_error", "something went wrong on our side; quote the trace id");
    }

    private static @Nullable DatabaseUnavailable databaseAway(@Nullable Throwable failure) {
        return failure == null || failure instanceof DatabaseUnavailable
                ? (DatabaseUnavailable) failure
                : databaseAway(failure.getCause());
    }

    private static String clientFault(int status) {
        return switch (status) {
            case 413 -> "the request body is larger than allowed";
            case 405 -> "this address does not take that method";
            case 415 -> "this address does not take that content type";
            default -> "the request could not be read";
        };
    }

    /** Kind and place of a fault, without its message: a message may hold personal data. */
    static String place(@Nullable Throwable failure) {
        if (failure == null) {
            return "unknown";
        }
        StringBuilder text = new StringBuilder(failure.getClass().getName());
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < Math.min(8, frames.length); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        if (failure.getCause() != null) {
            text.append("\n  caused by ").append(place(failure.getCause()));
        }
        return text.toString();
    }

    private static String trace(RoutingContext ctx) {
        String id = ctx.get(TRACE);
        return id == null ? "none" : id;
    }

    private static void answer(RoutingContext ctx, int status, String error, String description) {
        answer(ctx, status, error, description, null);
    }

    private static void answer(
            RoutingContext ctx, int status, String error, String description, @Nullable HttpRefusal refusal) {
        JsonObject body = new JsonObject().put("error", error).put("error_description", description);
        if (refusal != null) {
            refusal.members().forEach(body::put);
        }
        if (status >= 500) {
            body.put("trace_id", trace(ctx));
        }
        ctx.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}
