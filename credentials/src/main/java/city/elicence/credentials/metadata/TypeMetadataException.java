package city.elicence.credentials.metadata;

/** Type metadata that must not be used. The detail names the rule and the place, never a claim's value. */
public final class TypeMetadataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    TypeMetadataException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Which rule was broken. */
    public enum Reason {
        /** Nothing is to be had at the type's address. */
        NOT_FOUND,
        /** What is there is not what {@code vct#integrity} or {@code extends#integrity} means. */
        INTEGRITY_MISMATCH,
        /** No JSON object of the form that the draft lays down. */
        MALFORMED,
        /** {@code vct} in the document is not the reference to it. */
        OTHER_TYPE,
        /** A type extends itself, by way of others or at once. */
        CIRCULAR,
        /** More types extend one another than anybody needs. */
        TOO_DEEP,
        /** An extending type changes {@code sd}, or lets out what is mandatory. */
        RULE_WEAKENED,
        /** The issuer left out a claim that is mandatory for the type. */
        CLAIM_MISSING,
        /** A claim's path leads through a value that is no object, or no array. */
        PATH_MISFIT,
        /** A claim is selectively disclosable, or is not, against what the type says. */
        WRONG_DISCLOSURE
    }
}
