package city.elicence.credentials.status;

/** A status list, token or reference that is not what the standard says. The reason names the rule, never a value. */
public final class StatusException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    StatusException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    /** Which rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with a status list, its token, or a reference to it. */
    public enum Reason {
        /** The reference in the credential lacks a field or has one of the wrong kind. */
        MALFORMED_REFERENCE,
        /** The list's JSON lacks a field or has one of the wrong kind. */
        MALFORMED_LIST,
        /** Not a JWT, or a JWT without the header and claims of §5.1. */
        MALFORMED_TOKEN,
        /** More octets than {@link StatusList#MAX_OCTETS}, compressed or not. */
        TOO_LARGE,
        /** The index lies beyond the list's end (§8.3). */
        INDEX_OUT_OF_RANGE,
        /** The signature does not fit the key that the caller trusts. */
        BAD_SIGNATURE,
        /** `sub` is not the URI from which the credential's reference says the list comes (§8.3). */
        WRONG_SUBJECT,
        /** `exp` has passed (§8.3). */
        EXPIRED,
        /** `iat` lies in the future. */
        NOT_YET_ISSUED
    }
}
