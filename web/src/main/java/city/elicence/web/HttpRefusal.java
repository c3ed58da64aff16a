package city.elicence.web;

import java.util.Map;
import java.util.Objects;

/**
 * A request refused, as it is told to the outside: an HTTP status, the standard's error code (RFC 6749 §5.2 and the
 * texts that extend it) and one sentence. Thrown by a service's one mapping of its own problems; answered by {@link HttpDoor}
 * as {@code {"error": …, "error_description": …}}. Neither text ever holds a claim's value, a token or a key.
 */
public final class HttpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String error;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> members;

    /** A refusal with neither headers nor further members. */
    public HttpRefusal(int status, String error, String description) {
        this(status, error, description, Map.of(), Map.of());
    }

    /**
     * Made of its parts.
     *
     * @param status 4xx or 5xx
     * @param error the standard's code
     * @param description what was expected and what was found
     * @param headers response headers, such as {@code DPoP-Nonce} or {@code WWW-Authenticate}
     * @param members further members of the JSON body
     */
    public HttpRefusal(
            int status, String error, String description, Map<String, String> headers, Map<String, Object> members) {
        super(description, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a refusal's status is 4xx or 5xx, not " + status);
        }
        this.status = status;
        this.error = Objects.requireNonNull(error);
        this.headers = Map.copyOf(headers);
        this.members = Map.copyOf(members);
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }

    public String description() {
        return Objects.requireNonNullElse(getMessage(), "");
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Map<String, Object> members() {
        return members;
    }
}
