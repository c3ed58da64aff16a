package city.elicence.credentials.jose;

/** A token, key or certificate that is not of the form its standard demands. The text never quotes it. */
public final class JoseException extends Exception {
    private static final long serialVersionUID = 1L;

    public JoseException(String message) {
        super(message);
    }

    public JoseException(String message, Throwable cause) {
        super(message, cause);
    }
}
