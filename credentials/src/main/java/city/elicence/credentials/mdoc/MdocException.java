package city.elicence.credentials.mdoc;

/** A mobile document that is not to be believed. The reason names the rule of ISO/IEC 18013-5, never a value. */
public final class MdocException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    MdocException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    MdocException(Reason reason, String detail, Throwable cause) {
        super(reason + ": " + detail, cause);
        this.reason = reason;
    }

    /** Which rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong. */
    public enum Reason {
        /** Not the structure of clause 8.3.2.1.2.2 or 9.1.2.4. */
        MALFORMED,
        /** §9.3.1 step 2: the issuer's signature does not fit the key that is trusted. */
        ISSUER_SIGNATURE,
        /** §9.3.1 step 3: an element's digest is not in the security object. */
        DIGEST,
        /** §9.3.1 step 4: the document's type is not the security object's. */
        DOCUMENT_TYPE,
        /** §9.3.1 step 5: now is not within the security object's validity. */
        VALIDITY,
        /** §9.1.3: the device's signature or MAC does not fit this session and the key in the security object. */
        DEVICE_AUTHENTICATION
    }
}
