package city.elicence.credentials.trust;

/** What a party is accredited as. One party may be both. */
public enum Role {
    ISSUER,
    VERIFIER
}
