package city.elicence.credentials.staff;

/** What a member of staff may do. */
public enum StaffRole {
    /** Issues, suspends and revokes at an issuer's counter. */
    CLERK,
    /** Checks licences at a verifier's counter. */
    VERIFIER,
    /** Reads what happened, changes nothing. */
    AUDITOR,
    /** Adds issuing authorities and verifiers. */
    ADMIN,
    /** Acts for a company at its wallet; the subject is {@code company/person}. */
    COMPANY
}
