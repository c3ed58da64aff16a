package city.elicence.verifier;

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
import org.jspecify.annotations.Nullable;

/**
 * The service's own OpenAPI document, held against what the service answers: the status is described, the media type is the described one, and
 * the body fits the schema and has nothing that the schema does not name.
 */
final class ServedContract {
    private final Map<String, Object> document;

    ServedContract(Map<String, Object> document) {
        this.document = document;
    }

    /** The document in the service's own resources: that it is the one that is served, OpenApiTest says. */
    static ServedContract ofService() {
        try (InputStream in = VerifierService.class.getResourceAsStream("/verifier/openapi.json")) {
            return new ServedContract(
                    Json.parseObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException | JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there is an operation for this, whatever it answers. */
    boolean describes(String method, String path) {
        return !template(method.toLowerCase(Locale.ROOT), path).isEmpty();
    }

    /** All operations, such as {@code get /api/checks/{id}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        object(document, "paths")
                .forEach((path, item) -> map(item).keySet().stream()
                        .filter(method -> !method.equals("parameters"))
                        .forEach(method -> operations.add(method + " " + path)));
        return operations;
    }

    /** Checks an answer, and says which operation it was of. */
    String check(String method, String path, TestApi.Answer answer) {
        String verb = method.toLowerCase(Locale.ROOT);
        String template = template(verb, path);
        require(!template.isEmpty(), verb + " " + path + " is not described");
        Map<String, Object> operation = object(object(object(document, "paths"), template), verb);
        Object described = object(operation, "responses").get(String.valueOf(answer.status()));
        String where = verb + " " + template + " " + answer.status();
        require(described != null, where + " is not described: " + answer.body());
        Object content = map(Objects.requireNonNull(described)).get("content");
        String found = answer.header("Content-Type").split(";", 2)[0].strip();
        if (content == null) {
            require(answer.body().isEmpty(), where + ": expected no body");
        } else {
            require(
                    map(content).containsKey(found),
                    where + ": expected " + map(content).keySet() + ", found " + found);
            if (found.equals("application/json")) {
                fits(where, object(object(map(content), found), "schema"), answer.json());
            }
        }
        return verb + " " + template;
    }

    /** Checks what the service posts to others. */
    void checkWebhook(String name, String body) throws JsonException {
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
        Object reference = schema.get("$ref");
        if (reference != null) {
            String name = reference.toString().substring("#/components/schemas/".length());
            fits(where, object(object(object(document, "components"), "schemas"), name), value);
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
