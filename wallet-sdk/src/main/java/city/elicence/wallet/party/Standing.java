package city.elicence.wallet.party;

/** Who vouches for a party, as far as this wallet can tell. */
public enum Standing {
    /** Proved by a signature whose chain the ledger says counts for this party, for this act. */
    ACCREDITED,
    /** Nothing was signed yet: an issuer proves itself at the latest by the licence that it signs. */
    UNPROVEN,
    /** Nobody known to this wallet vouches: going on needs the holder's explicit word. */
    STRANGER
}
