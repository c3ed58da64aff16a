package city.elicence.credentials.offline;

/** Something scanned that is no offline presentation, or cannot be put together again. */
public final class OfflineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    OfflineException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    /** Which rule of docs/offline-qr.md was broken. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong. */
    public enum Reason {
        /** Not an SD-JWT presentation in compact form, or one with octets that the format has no place for. */
        NOT_A_PRESENTATION,
        /** More octets, or more frames, than the format allows. */
        TOO_LARGE,
        /** A frame, or the packed octets, do not follow the format. */
        MALFORMED,
        /** The frames' octets do not have the digest that the set's id promises. */
        WRONG_DIGEST,
        /** The verifier does not know the certificate that the presentation refers to. */
        UNKNOWN_CERTIFICATE
    }
}
