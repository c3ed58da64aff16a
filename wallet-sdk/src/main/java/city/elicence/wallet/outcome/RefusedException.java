package city.elicence.wallet.outcome;

/** Carries one {@link Refusal} from the depth of a step to its end; the public API never throws it. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.detail());
        this.refusal = refusal;
    }

    public RefusedException(Reason reason, String detail) {
        this(reason.refusal(detail));
    }

    public Refusal refusal() {
        return refusal;
    }
}
