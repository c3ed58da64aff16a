package city.elicence.ledger.vdr;

/** An error that libindy_vdr returned, by its code. The text may belong to another thread's error: for logs only. */
final class VdrException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The pool's nodes did not agree on an answer. */
    static final long POOL_NO_CONSENSUS = 30;

    /** The pool has refused the request; the text holds its reason. */
    static final long POOL_REQUEST_FAILED = 31;

    /** No answer in time. */
    static final long POOL_TIMEOUT = 32;

    /** What we asked of the library makes no sense to it. */
    static final long INPUT = 4;

    private final long code;

    VdrException(long code, String message) {
        super("libindy_vdr error " + code + ": " + message);
        this.code = code;
    }

    long code() {
        return code;
    }
}
