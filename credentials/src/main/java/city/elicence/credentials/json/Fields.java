package city.elicence.credentials.json;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object by type. What does not fit is named by its field, never by its value. */
public final class Fields {
    private final Map<String, Object> object;

    private Fields(Map<String, Object> object) {
        this.object = object;
    }

    public static Fields of(Map<String, Object> object) {
        return new Fields(object);
    }

    public static Fields parse(String text) throws JsonException {
        return of(Json.parseObject(text));
    }

    public boolean has(String name) {
        return object.containsKey(name);
    }

    /** The object itself. */
    public Map<String, Object> map() {
        return object;
    }

    public String string(String name) throws JsonException {
        return required(name, String.class, "a string");
    }

    public Optional<String> optString(String name) throws JsonException {
        return optional(name, String.class, "a string");
    }

    public long longValue(String name) throws JsonException {
        return required(name, Long.class, "an integer");
    }

    public OptionalLong optLong(String name) throws JsonException {
        Optional<Long> value = optional(name, Long.class, "an integer");
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    public boolean bool(String name) throws JsonException {
        return required(name, Boolean.class, "a boolean");
    }

    /** A flag that is false when it is not there. */
    public boolean flag(String name) throws JsonException {
        return optional(name, Boolean.class, "a boolean").orElse(false);
    }

    public Map<String, Object> object(String name) throws JsonException {
        return map(required(name, Map.class, "an object"));
    }

    public Optional<Map<String, Object>> optObject(String name) throws JsonException {
        Optional<?> value = optional(name, Map.class, "an object");
        return value.map(Fields::map);
    }

    /** The fields of the object with this name. */
    public Fields fields(String name) throws JsonException {
        return of(object(name));
    }

    public List<Object> list(String name) throws JsonException {
        return list(required(name, List.class, "an array"));
    }

    public Optional<List<Object>> optList(String name) throws JsonException {
        Optional<?> value = optional(name, List.class, "an array");
        return value.map(Fields::list);
    }

    public List<String> strings(String name) throws JsonException {
        return elements(name, list(name), String.class, "an array of strings");
    }

    public Optional<List<String>> optStrings(String name) throws JsonException {
        return has(name) ? Optional.of(strings(name)) : Optional.empty();
    }

    /** An array of objects; empty when the field is not there. */
    public List<Map<String, Object>> objects(String name) throws JsonException {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object element : elements(name, optList(name).orElse(List.of()), Map.class, "an array of objects")) {
            objects.add(map(element));
        }
        return objects;
    }

    /** A NumericDate (RFC 7519 §2): seconds since 1970, perhaps with a fraction. */
    public Instant instant(String name) throws JsonException {
        return optInstant(name).orElseThrow(() -> new JsonException(name + ": expected seconds since 1970"));
    }

    public Optional<Instant> optInstant(String name) throws JsonException {
        Object value = object.get(name);
        if (value == null && !has(name)) {
            return Optional.empty();
        }
        try {
            if (value instanceof Long seconds) {
                return Optional.of(Instant.ofEpochSecond(seconds));
            }
            // The bound on precision and scale keeps a hostile exponent from becoming a huge integer.
            if (value instanceof BigDecimal seconds
                    && seconds.precision() - seconds.scale() <= 18
                    && seconds.scale() < 64) {
                return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
            }
        } catch (DateTimeException e) {
            throw new JsonException(name + ": expected seconds since 1970", e);
        }
        throw new JsonException(name + ": expected seconds since 1970");
    }

    /** A time as text, ISO 8601 in UTC: {@code 2026-11-23T08:00:00Z}. */
    public Instant time(String name) throws JsonException {
        try {
            return Instant.parse(string(name));
        } catch (DateTimeException e) {
            throw new JsonException(name + ": expected a time such as 2026-11-23T08:00:00Z", e);
        }
    }

    public Optional<Instant> optTime(String name) throws JsonException {
        return has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    public URI uri(String name) throws JsonException {
        try {
            return new URI(string(name));
        } catch (URISyntaxException e) {
            throw new JsonException(name + ": expected a URI", e);
        }
    }

    /** Base64url without padding. */
    public byte[] bytes(String name) throws JsonException {
        try {
            return Base64Url.decode(string(name));
        } catch (JsonException e) {
            throw new JsonException(name + ": " + e.getMessage(), e);
        }
    }

    /** Refuses fields that nobody defined: for formats of our own, where an unknown field is a mistake. */
    public Fields only(String... names) throws JsonException {
        Set<String> unknown = new HashSet<>(object.keySet());
        for (String name : names) {
            unknown.remove(name);
        }
        if (!unknown.isEmpty()) {
            throw new JsonException("expected no other fields than " + String.join(", ", names));
        }
        return this;
    }

    private <T> T required(String name, Class<T> type, String expected) throws JsonException {
        return optional(name, type, expected).orElseThrow(() -> new JsonException(name + ": expected " + expected));
    }

    private <T> Optional<T> optional(String name, Class<T> type, String expected) throws JsonException {
        @Nullable Object value = object.get(name);
        if (value == null && !has(name)) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new JsonException(name + ": expected " + expected);
        }
        return Optional.of(type.cast(value));
    }

    private static <T> List<T> elements(String name, List<Object> list, Class<T> type, String expected)
            throws JsonException {
        List<T> typed = new ArrayList<>();
        for (Object element : list) {
            if (!type.isInstance(element)) {
                throw new JsonException(name + ": expected " + expected);
            }
            typed.add(type.cast(element));
        }
        return Collections.unmodifiableList(typed);
    }

    @SuppressWarnings("unchecked") // a tree holds only maps with text for names
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
