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
public final class Desk {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI base;
    private final Supplier<String> token;

    /**
     * A desk at a service.
     *
     * @param token gives a bearer token that is valid now
     */
    public Desk(HttpClient http, URI base, Supplier<String> token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param json the body, or an empty object when it is not JSON
     */
    public record Answer(int status, JsonObject json) {
        public JsonObject orThrow() throws IOException {
            if (status >= 300) {
                throw new IOException("HTTP " + status + ": " + json.encode());
            }
            return json;
        }
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    public Answer post(String path, JsonObject body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** The picture at an address of this service. */
    public byte[] picture(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(request(base.resolve(address)).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("no picture at " + address.getPath() + ": HTTP " + answer.statusCode());
        }
        return answer.body();
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, null);
    }

    /** Posts under a key of the caller's own: however often it is sent, it is done once. */
    public Answer once(String path, JsonObject body, String key) throws IOException, InterruptedException {
        return answer(request(base.resolve(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    /** Puts a document that is not JSON, such as a CSV table. */
    public Answer post(String path, String contentType, String text) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(base.resolve(path)).header("Content-Type", contentType);
        return answer(request.POST(HttpRequest.BodyPublishers.ofString(text)));
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
        return answer(request);
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String text = answer.body();
        return new Answer(answer.statusCode(), text.startsWith("{") ? new JsonObject(text) : new JsonObject());
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE).header("Authorization", "Bearer " + token.get());
    }
}
