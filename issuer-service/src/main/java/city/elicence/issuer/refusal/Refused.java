package city.elicence.issuer.refusal;

/** A step's no. The only exception that a step throws on purpose. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.text(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public static Refused grant(Problem.Grant.GrantCode code, String text) {
        return new Refused(new Problem.Grant(code, text));
    }

    public static Refused credential(Problem.Credential.CredentialCode code, String text) {
        return new Refused(new Problem.Credential(code, text));
    }

    public static Refused desk(Problem.Desk.DeskCode code, String text) {
        return new Refused(new Problem.Desk(code, text));
    }
}
