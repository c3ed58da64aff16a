package city.elicence.credentials.sdjwt;

/** An SD-JWT that is rejected, and by which rule. The text names claims and limits, never values. */
public final class SdJwtException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SdJwtProblem problem;

    public SdJwtException(SdJwtProblem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public SdJwtException(SdJwtProblem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public SdJwtProblem problem() {
        return problem;
    }
}
