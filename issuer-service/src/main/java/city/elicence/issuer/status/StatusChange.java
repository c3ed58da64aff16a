package city.elicence.issuer.status;

import city.elicence.issuer.standing.LicenceState;

/**
 * A clerk's act on a licence.
 *
 * @param reason why, for the audit and for the citizen who asks
 */
public record StatusChange(Act act, String reason) {
    private static final int MAX_REASON = 500;

    /** What can be done to a licence. */
    public enum Act {
        /** For good. */
        REVOKE(LicenceState.REVOKED),
        /** For the time being. */
        SUSPEND(LicenceState.SUSPENDED),
        /** The suspension is over. */
        RESUME(LicenceState.VALID);

        private final LicenceState leadsTo;

        Act(LicenceState leadsTo) {
            this.leadsTo = leadsTo;
        }

        LicenceState leadsTo() {
            return leadsTo;
        }

        /** What is revoked stays so; only what is suspended resumes; only what is valid is suspended. */
        boolean possibleFrom(LicenceState state) {
            return switch (this) {
                case REVOKE -> state != LicenceState.REVOKED;
                case SUSPEND -> state == LicenceState.VALID;
                case RESUME -> state == LicenceState.SUSPENDED;
            };
        }
    }

    public StatusChange {
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON + " characters");
        }
    }
}
