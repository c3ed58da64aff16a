package city.elicence.credentials.verify.refusal;

/** A check that failed, on its way to the verdict, where it ends: no caller of the verifier ever catches one. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String detail;

    public RefusedException(Refusal refusal, String detail) {
        // No stack trace: a refusal is an everyday value, and attackers can make many.
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
        this.detail = detail;
    }

    public Refusal refusal() {
        return refusal;
    }

    public String detail() {
        return detail;
    }
}
