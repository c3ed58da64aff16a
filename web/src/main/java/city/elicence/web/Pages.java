package city.elicence.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Serves a service's pages from the class path; mount them after the service's own routes. A page says what is its own; what
 * all pages share is filled in where it says {@code <!-- head -->}, {@code <!-- header -->} and {@code <!-- footer -->}.
 */
public final class Pages {
    private static final Pattern PAGE = Pattern.compile("[a-z][a-z-]{0,40}\\.html");

    private Pages() {}

    /**
     * Adds the pages of a folder.
     *
     * @param folder on the class path
     * @param index the page at {@code /}
     */
    public static void mount(Router router, String folder, String index) {
        router.get("/*").handler(ctx -> {
            String path = ctx.normalizedPath();
            String page = path.equals("/") ? index : path.substring(1);
            if (PAGE.matcher(page).matches()) {
                send(ctx, folder, page);
            } else {
                ctx.next();
            }
        });
        router.get("/*").handler(StaticHandler.create(folder).setCachingEnabled(false));
    }

    /** A page's text with the shared frame around it: for pages that a service writes itself, too. */
    public static String framed(String page) {
        return page.replace("<!-- head -->", part("head"))
                .replace("<!-- header -->", part("header"))
                .replace("<!-- footer -->", part("footer"));
    }

    private static void send(RoutingContext ctx, String folder, String page) {
        read(folder + "/" + page)
                .ifPresentOrElse(
                        text -> ctx.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                                .end(framed(text)),
                        ctx::next);
    }

    private static String part(String name) {
        return read("frame/" + name + ".html")
                .orElseThrow(() -> new IllegalStateException("the frame has no part " + name))
                .strip();
    }

    private static Optional<String> read(String resource) {
        try (InputStream in = Pages.class.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
