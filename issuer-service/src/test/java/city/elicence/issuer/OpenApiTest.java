package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The OpenAPI document")
class OpenApiTest {
    @Test
    @DisplayName("has every route of the service and no other, each with an operationId of its own")
    void routes() {
        try (TestCity city = new TestCity()) {
            Map<String, Object> document =
                    Http.get(city.base() + "/openapi.json").json();
            Set<String> documented = new TreeSet<>();
            Set<String> names = new TreeSet<>();
            Map<String, Object> paths = RawWallet.object(document, "paths");
            for (String path : paths.keySet()) {
                Map<String, Object> operations = RawWallet.object(paths, path);
                for (String method : operations.keySet()) {
                    documented.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    assertTrue(
                            names.add(RawWallet.text(RawWallet.object(operations, method), "operationId")),
                            "an operationId comes twice");
                }
            }
            Set<String> mounted = new TreeSet<>();
            for (Route route : city.routes().getRoutes()) {
                if (isPage(route)) {
                    continue;
                }
                Set<HttpMethod> methods = route.methods();
                if (methods != null) {
                    methods.forEach(method -> mounted.add(method.name() + " " + path(route)));
                }
            }
            assertEquals(mounted, documented);
        }
    }

    @Test
    @DisplayName("refers only to schemas and responses that it has")
    void references() {
        try (TestCity city = new TestCity()) {
            Map<String, Object> document =
                    Http.get(city.base() + "/openapi.json").json();
            Map<String, Object> components = RawWallet.object(document, "components");
            Matcher reference = Pattern.compile("#/components/(\\w+)/(\\w+)").matcher(Json.write(document));
            while (reference.find()) {
                assertTrue(
                        RawWallet.object(components, reference.group(1)).containsKey(reference.group(2)),
                        reference.group());
            }
        }
    }

    /** The console itself, which is no part of the API but a user of it. */
    private static boolean isPage(Route route) {
        return route.getName().equals("/") || route.getName().startsWith("/pages");
    }

    /** {@code /:tenant/token} and its like, as OpenAPI writes them. */
    private static String path(Route route) {
        String path = route.getName();
        return path.contains("(?<list>") ? "/{tenant}/status/{list}" : path.replaceAll(":(\\w+)", "{$1}");
    }
}
