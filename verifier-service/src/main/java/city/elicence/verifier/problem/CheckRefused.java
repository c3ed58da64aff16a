package city.elicence.verifier.problem;

import java.util.Objects;

/** The one exception that the verifier's steps throw: it carries a {@link Problem} and no stack. */
public final class CheckRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public CheckRefused(Problem problem) {
        super(problem.getClass().getSimpleName(), null, false, false);
        this.problem = Objects.requireNonNull(problem);
    }

    public Problem problem() {
        return problem;
    }
}
