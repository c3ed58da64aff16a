package city.elicence.credentials.mdoc.proximity;

/** A message of a session that is not what it should be. The text names the rule, never a value. */
public final class ProximityException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ProximityException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    ProximityException(Reason reason, String detail, Throwable cause) {
        super(reason + ": " + detail, cause);
        this.reason = reason;
    }

    /** Which rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong. */
    public enum Reason {
        /** §8.2.2.3: not a device engagement in a QR code, or without a key or a way that this side knows. */
        ENGAGEMENT_UNREADABLE,
        /** §8.3.2.1, §9.1.1.4: not the structure that stands there (status 11). */
        MALFORMED,
        /** §9.1.1.5: altered, replayed, out of turn or encrypted with the keys of another session (status 10). */
        NOT_DECRYPTABLE,
        /** §9.1.1.4: the other side ended the session (status 20), or named an error. */
        ENDED
    }

    /** The status by which the other side is told (§9.1.1.4, table 20). */
    public long status() {
        return switch (reason) {
            case NOT_DECRYPTABLE -> SessionMessage.ENCRYPTION_ERROR;
            case MALFORMED -> SessionMessage.DECODING_ERROR;
            case ENGAGEMENT_UNREADABLE, ENDED -> SessionMessage.TERMINATION;
        };
    }
}
