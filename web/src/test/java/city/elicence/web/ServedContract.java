package city.elicence.web;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * The service's own OpenAPI document, held against what the service answers: the status is described, the media type is the described one, and
 * the body fits the schema and has nothing that the schema does not name.
 */
public final class ServedContract {
    private final Map<String, Object> document;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    public ServedContract(Map<String, Object> document) {
        this.document = document;
    }

    /**
     * What a service answered.
     *
     * @param contentType its media type, with parameters or without; empty where there is none
     * @param body as text; of a picture and the like it is not looked at
     */
    public record Found(int status, String contentType, String body) {
        private String mediaType() {
            return contentType.split(";", 2)[0].strip();
        }
    }

    /** The document in a service's own resources: that it is the one that is served, its OpenApiTest says. */
    public static ServedContract ofService(String resource) {
        try (InputStream in = ServedContract.class.getResourceAsStream(resource)) {
            return new ServedContract(
                    Json.parseObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException | JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there is an operation for this, whatever it answers. */
    public boolean describes(String method, String path) {
        return !template(method.toLowerCase(Locale.ROOT), path).isEmpty();
    }

    /** All operations, such as {@code get /api/checks/{id}}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        object(document, "paths")
                .forEach((path, item) -> map(item).keySet().stream()
                        .filter(method -> !method.equals("parameters"))
                        .forEach(method -> operations.add(method + " " + path)));
        return operations;
    }

    /** Every answer that is described, such as {@code get /api/checks/{id} 404}, and that {@link #check} has not seen. */
    public Set<String> unseen() {
        Set<String> answers = new TreeSet<>();
        for (String operation : operations()) {
            int blank = operation.indexOf(' ');
            object(operation(operation.substring(blank + 1), operation.substring(0, blank)), "responses")
                    .keySet()
                    .forEach(status -> answers.add(operation + " " + status));
        }
        answers.removeAll(seen);
        return answers;
    }

    /** The operation as the document has it. */
    public Map<String, Object> operation(String template, String verb) {
        return object(object(object(document, "paths"), template), verb);
    }

    /** Checks an answer, and says which operation it was of. */
    public String check(String method, String path, Found answer) {
        String verb = method.toLowerCase(Locale.ROOT);
        String template = template(verb, path);
        require(!template.isEmpty(), verb + " " + path + " is not described");
        Object described = object(operation(template, verb), "responses").get(String.valueOf(answer.status()));
        String where = verb + " " + template + " " + answer.status();
        if (described == null && isAway(where, answer)) {
            return verb + " " + template;
        }
        require(described != null, where + " is not described: " + answer.body());
        Object content = resolved(map(Objects.requireNonNull(described))).get("content");
        String found = answer.mediaType();
        if (content == null) {
            require(answer.body().isEmpty(), where + ": expected no body");
        } else {
            require(
                    map(content).containsKey(found),
                    where + ": expected " + map(content).keySet() + ", found " + found);
            if (found.equals("application/json")) {
                fits(where, object(object(map(content), found), "schema"), json(where, answer.body()));
            }
        }
        seen.add(where);
        return verb + " " + template;
    }

    /** What the document says once, of all operations: the database does not answer. */
    private static boolean isAway(String where, Found answer) {
        return answer.status() == 503
                && json(where, answer.body()) instanceof Map<?, ?> body
                && "temporarily_unavailable".equals(body.get("error"));
    }

    private static @Nullable Object json(String where, String body) {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            throw new AssertionError("/openapi.json: " + where + ": expected JSON", e);
        }
    }

    /** What a reference into the components stands for. */
    private Map<String, Object> resolved(Map<String, Object> thing) {
        if (!(thing.get("$ref") instanceof String reference)) {
            return thing;
        }
        Map<String, Object> at = document;
        for (String step : reference.substring(2).split("/", -1)) {
            at = object(at, step);
        }
        return at;
    }

    /** Checks what the service posts to others. */
    public void checkWebhook(String name, String body) throws JsonException {
        Map<String, Object> content =
                object(object(object(object(object(document, "webhooks"), name), "post"), "requestBody"), "content");
        fits("webhook " + name, object(object(content, "application/json"), "schema"), Json.parse(body));
    }

    private String template(String verb, String path) {
        String best = "";
        for (Map.Entry<String, Object> entry : object(document, "paths").entrySet()) {
            String template = entry.getKey();
            boolean fits = path.matches(template.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"))
                    && map(entry.getValue()).containsKey(verb);
            // What is spelt out goes before what is left open.
            if (fits
                    && (best.isEmpty()
                            || template.replaceAll("\\{\\w+}", "").length()
                                    > best.replaceAll("\\{\\w+}", "").length())) {
                best = template;
            }
        }
        return best;
    }

    private void fits(String where, Map<String, Object> schema, @Nullable Object value) {
        if (schema.containsKey("$ref")) {
            fits(where, resolved(schema), value);
            return;
        }
        if (schema.get("anyOf") instanceof List<?> options) {
            require(
                    options.stream().anyMatch(option -> suits(where, map(Objects.requireNonNull(option)), value)),
                    where + ": fits none of what it may be, " + value);
            return;
        }
        if (schema.containsKey("const")) {
            require(Objects.equals(schema.get("const"), value), where + ": expected " + schema.get("const"));
        }
        if (schema.get("enum") instanceof List<?> options) {
            require(options.contains(value), where + ": expected one of " + options + ", found " + value);
        }
        Object type = schema.get("type");
        if (type == null) {
            return;
        }
        switch (type.toString()) {
            case "object" -> object(where, schema, value);
            case "array" -> {
                require(value instanceof List<?>, where + ": expected an array");
                for (Object item : (List<?>) Objects.requireNonNull(value)) {
                    fits(where + "[]", object(schema, "items"), item);
                }
            }
            case "string" -> string(where, String.valueOf(schema.get("format")), value);
            case "integer" -> require(value instanceof Long, where + ": expected an integer, found " + value);
            case "boolean" -> require(value instanceof Boolean, where + ": expected a boolean");
            case "null" -> require(value == null, where + ": expected null");
            default -> throw new AssertionError(where + ": no such type, " + type);
        }
    }

    private boolean suits(String where, Map<String, Object> schema, @Nullable Object value) {
        try {
            fits(where, schema, value);
            return true;
        } catch (AssertionError another) {
            return false;
        }
    }

    private void object(String where, Map<String, Object> schema, @Nullable Object value) {
        require(value instanceof Map<?, ?>, where + ": expected an object, found " + value);
        Map<String, Object> found = map(Objects.requireNonNull(value));
        if (schema.get("required") instanceof List<?> required) {
            require(
                    found.keySet().containsAll(required),
                    where + ": expected " + required + ", found " + found.keySet());
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            found.forEach((name, each) -> {
                require(properties.containsKey(name), where + ": " + name + " is not described");
                fits(where + "." + name, map(Objects.requireNonNull(properties.get(name))), each);
            });
        }
    }

    private static void string(String where, String format, @Nullable Object value) {
        require(value instanceof String, where + ": expected a string, found " + value);
        String text = String.valueOf(value);
        try {
            if (format.equals("uri")) {
                require(URI.create(text).isAbsolute(), where + ": expected an absolute URI");
            } else if (format.equals("date-time")) {
                OffsetDateTime.parse(text);
            }
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            throw new AssertionError(where + ": expected " + format, wrong);
        }
    }

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new AssertionError("/openapi.json: " + otherwise);
        }
    }

    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        Object child = parent.get(name);
        require(child instanceof Map<?, ?>, "expected an object " + name);
        return map(Objects.requireNonNull(child));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
