package city.elicence.credentials.trust;

/** How a status list stands to the version that its issuer anchored on the ledger. */
public enum Anchoring {
    /** The very version that is anchored. */
    ANCHORED,
    /** Younger than the anchored one: the ledger lags, which stops nobody. */
    NEWER,
    /** Older than the anchored one: it was replaced, or is being withheld. */
    OLDER,
    /** Nothing is known from the ledger about this list. */
    UNKNOWN
}
