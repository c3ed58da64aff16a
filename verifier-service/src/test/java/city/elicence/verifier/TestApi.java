package city.elicence.verifier;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.web.ServedContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real HTTP for tests: what a page or a bank's back end would send. */
final class TestApi {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Every answer that any test gets is held against the document that the service serves. */
    private static final ServedContract CONTRACT = ServedContract.ofService("/verifier/openapi.json");

    private final URI base;
    private final String token;

    TestApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer, with its body as JSON when it is that. */
    record Answer(int status, Map<String, Object> json, String body, java.net.http.HttpHeaders headers) {
        String string(String name) {
            try {
                return Fields.of(json).string(name);
            } catch (JsonException e) {
                throw new AssertionError("no " + name + " in " + body, e);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        ServedContract.Found found() {
            return new ServedContract.Found(status, header("Content-Type"), body);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /** The lines of an answer as they come, for as long as it lasts. */
    Stream<String> lines(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    Answer post(String path, Map<String, Object> body) {
        return post(path, body, Map.of());
    }

    Answer post(String path, Map<String, Object> body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
        headers.forEach(request::header);
        return send(request);
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + token);
    }

    static Answer getAnonymously(String address, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).GET();
        headers.forEach(request::header);
        return send(request);
    }

    static Answer postForm(String address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, Object> json = new LinkedHashMap<>();
            if (response.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
                json = Json.parseObject(response.body());
            }
            Answer answer = new Answer(response.statusCode(), json, response.body(), response.headers());
            URI asked = response.uri();
            String method = response.request().method();
            if (CONTRACT.describes(method, asked.getPath())) {
                CONTRACT.check(method, asked.getPath(), answer.found());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (JsonException e) {
            throw new AssertionError("an answer that says JSON is JSON", e);
        }
    }
}
