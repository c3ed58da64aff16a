package city.elicence.credentials.cbor;

/** Octets that are not the CBOR that was expected. The text names the rule, never a value. */
public final class CborException extends Exception {
    private static final long serialVersionUID = 1L;

    public CborException(String message) {
        super(message);
    }

    public CborException(String message, Throwable cause) {
        super(message, cause);
    }
}
