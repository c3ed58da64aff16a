package city.elicence.issuer.http;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of every address of this service; a test holds it to the routes. */
final class OpenApi {
    private static final String RESOURCE = "/issuer/openapi.json";

    private OpenApi() {}

    static void mount(Router router) {
        String document = read();
        router.get("/openapi.json").handler(Exchange.route(x -> {
            x.header("Cache-Control", "public, max-age=60");
            x.reply(200, "application/json", document);
        }));
    }

    private static String read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
