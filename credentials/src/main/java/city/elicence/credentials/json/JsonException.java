package city.elicence.credentials.json;

/** Input that is not the JSON that was expected. The text names the field and what was expected, never a value. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
