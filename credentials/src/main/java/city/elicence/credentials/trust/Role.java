package city.elicence.credentials.trust;

/** What a party is accredited as. One party may be several. */
public enum Role {
    ISSUER,
    VERIFIER,
    /** Keeps wallets of companies, and anchors the log of what they state. */
    WALLET_PROVIDER
}
