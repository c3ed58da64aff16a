package city.elicence.credentials.verify;

/** How much a verifier insists on knowing something. */
public enum Need {
    /** Not known, or not fresh, is a refusal. */
    REQUIRED,
    /** Not known, or not fresh, is a warning; what is known to be bad is refused all the same. */
    IF_PRESENT
}
