package city.elicence.city.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A member of staff at a service's API: what a page does, done by a program. */
final class Desk {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI base;
    private final Supplier<String> token;

    /**
     * A desk at a service.
     *
     * @param token gives a bearer token that is valid now
     */
    Desk(HttpClient http, URI base, Supplier<String> token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param json the body, or an empty object when it is not JSON
     */
    record Answer(int status, JsonObject json) {
        JsonObject orThrow() throws IOException {
            if (status >= 300) {
                throw new IOException("HTTP " + status + ": " + json.encode());
            }
            return json;
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    Answer post(String path, JsonObject body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** The picture at an address of this service. */
    byte[] picture(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(request(address).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("no picture at " + address.getPath() + ": HTTP " + answer.statusCode());
        }
        return answer.body();
    }

    private Answer send(String method, String path, @Nullable JsonObject body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(base.resolve(path));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.encode()));
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String text = answer.body();
        return new Answer(answer.statusCode(), text.startsWith("{") ? new JsonObject(text) : new JsonObject());
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE).header("Authorization", "Bearer " + token.get());
    }
}
