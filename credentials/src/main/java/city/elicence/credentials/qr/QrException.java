package city.elicence.credentials.qr;

/** Content that does not fit the QR code that was asked for. */
public final class QrException extends Exception {
    private static final long serialVersionUID = 1L;

    QrException(String message) {
        super(message);
    }
}
