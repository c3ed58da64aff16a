package city.elicence.credentials.staff;

/** A staff token that lets nobody in. */
public final class StaffTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    StaffTokenException(Reason reason) {
        super("staff token: " + reason);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong. */
    public enum Reason {
        /** Not a staff token at all. */
        MALFORMED,
        /** Signed by another key, or changed. */
        BAD_SIGNATURE,
        /** Its time has passed, or has not come. */
        EXPIRED,
        /** A link's token used for access, or the other way round. */
        WRONG_USE
    }
}
