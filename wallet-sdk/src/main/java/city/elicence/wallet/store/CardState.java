package city.elicence.wallet.store;

/** How a card stands, as far as the wallet knows; {@code Card.statusAsOf} says how old that knowledge is. */
public enum CardState {
    VALID,
    NOT_YET_VALID,
    EXPIRES_SOON,
    EXPIRED,
    SUSPENDED,
    REVOKED
}
