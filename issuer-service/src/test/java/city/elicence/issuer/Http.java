package city.elicence.issuer;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.web.ServedContract;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Plain HTTP requests, with nothing of ours in between. */
final class Http {
    /** How requests are sent within its scope; without one, plainly. */
    static final ScopedValue<HttpClient> CONNECTION = ScopedValue.newInstance();

    /** The bases of the services whose answers are held against their document. */
    static final Set<String> ISSUERS = ConcurrentHashMap.newKeySet();

    /** Which answers were seen within its scope. */
    static final ScopedValue<ServedContract> CONTRACT = ScopedValue.newInstance();

    private static final ServedContract OF_ALL = ServedContract.ofService("/issuer/openapi.json");

    private static final HttpClient PLAIN = HttpClient.newHttpClient();

    private Http() {}

    /** An answer. */
    record Answer(int status, Map<String, List<String>> headers, Buffer body) {
        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }

        byte[] bytes() {
            return body.getBytes();
        }

        Map<String, Object> json() {
            try {
                return Json.parseObject(text());
            } catch (JsonException e) {
                throw new AssertionError("not a JSON object, with status " + status + ": " + text(), e);
            }
        }

        String string(String name) {
            if (json().get(name) instanceof String text) {
                return text;
            }
            throw new AssertionError("no " + name + " in " + status + " " + text());
        }

        ServedContract.Found found() {
            return new ServedContract.Found(status, header("Content-Type").orElse(""), text());
        }

        String error() {
            return string("error");
        }

        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .flatMap(e -> e.getValue().stream())
                    .findFirst();
        }
    }

    static Answer get(String uri, String... headers) {
        return send("GET", uri, new byte[0], headers);
    }

    static Answer postJson(String uri, Map<String, ?> json, String... headers) {
        return send("POST", uri, Json.write(json).getBytes(StandardCharsets.UTF_8), with(headers, "application/json"));
    }

    static Answer postForm(String uri, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"));
        return post(uri, "application/x-www-form-urlencoded", body, headers);
    }

    static Answer post(String uri, String type, String body, String... headers) {
        return send("POST", uri, body.getBytes(StandardCharsets.UTF_8), with(headers, type));
    }

    static Answer send(String method, String uri, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri)).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response =
                    CONNECTION.orElse(PLAIN).send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Answer answer = new Answer(response.statusCode(), response.headers().map(), Buffer.buffer(response.body()));
            held(method, URI.create(uri), answer);
            return answer;
        } catch (IOException e) {
            throw new AssertionError("no answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What the service answers is as its document says. */
    private static void held(String method, URI uri, Answer answer) {
        boolean ours = ISSUERS.contains(uri.getScheme() + "://" + uri.getAuthority());
        ServedContract contract = CONTRACT.orElse(OF_ALL);
        if (ours && contract.describes(method, uri.getPath())) {
            contract.check(method, uri.getPath(), answer.found());
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String[] with(String[] headers, String type) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        return all;
    }
}
