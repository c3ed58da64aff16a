package city.elicence.credentials.trust;

/** Whether a thing that may be used once was used. */
public enum UseState {
    FREE,
    USED,
    UNKNOWN
}
