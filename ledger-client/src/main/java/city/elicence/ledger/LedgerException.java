package city.elicence.ledger;

/** Why a read from the ledger has no answer. A write says so by its {@link WriteOutcome} instead. */
public final class LedgerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of fault it is, which decides what to do next. */
    public enum Reason {
        /** Nobody answered in time, or not enough nodes agreed. Try again; meanwhile use what is known. */
        UNREACHABLE,
        /** The ledger refused the read. */
        REFUSED,
        /** An answer came that is not what the protocol says, or whose proof does not hold. Do not use it. */
        NOT_TRUSTWORTHY,
        /** This machine lacks something: the native library, a genesis file. */
        UNUSABLE
    }

    private final Reason reason;

    /** With a text for logs. */
    public LedgerException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** With a text for logs and what caused it. */
    public LedgerException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The kind of fault. */
    public Reason reason() {
        return reason;
    }
}
