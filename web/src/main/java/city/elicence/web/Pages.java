package city.elicence.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

/** Serves a service's pages from the class path; mount them after the service's own routes. */
public final class Pages {
    private Pages() {}

    /**
     * Adds the pages of a folder.
     *
     * @param folder on the class path
     * @param index the page at {@code /}
     */
    public static void mount(Router router, String folder, String index) {
        router.get("/*")
                .handler(StaticHandler.create(folder).setIndexPage(index).setCachingEnabled(false));
    }
}
