package city.elicence.credentials.verify;

/** A check that failed, on its way to the verdict. It never leaves this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String detail;

    RefusedException(Refusal refusal, String detail) {
        // No stack trace: a refusal is an everyday value, and attackers can make many.
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
        this.detail = detail;
    }

    Refusal refusal() {
        return refusal;
    }

    String detail() {
        return detail;
    }
}
