package city.elicence.node.txn;

import java.util.Optional;

/** The ledgers of an Indy node, by their numbers on the wire. */
public enum LedgerId {
    /** Who runs nodes, with which keys, at which addresses. */
    POOL(0),
    /** Everything that issuers and holders write. */
    DOMAIN(1),
    /** Rules: the author agreement and who may write what. */
    CONFIG(2);

    private final int number;

    LedgerId(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static Optional<LedgerId> of(long number) {
        for (LedgerId ledger : values()) {
            if (ledger.number == number) {
                return Optional.of(ledger);
            }
        }
        return Optional.empty();
    }
}
