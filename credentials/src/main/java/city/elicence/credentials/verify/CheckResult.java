package city.elicence.credentials.verify;

import city.elicence.credentials.verify.refusal.Check;

/** What became of one check. The detail tells ages, parties and limits, never a claim. */
public record CheckResult(Check check, Outcome outcome, String detail) {
    /** How a check ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** Not made: an earlier one failed, or nobody expected it. The detail says which. */
        NOT_CHECKED,
        /** Made with less knowledge than it should have had, which the caller allowed. */
        WARNED
    }
}
