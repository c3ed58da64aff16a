package city.elicence.city.run;

/**
 * The ports of a city, all from one base.
 *
 * @param base the portal's port
 */
public record Ports(int base) {
    public int portal() {
        return base;
    }

    public int issuer() {
        return base + 1;
    }

    public int verifier() {
        return base + 2;
    }

    public int phone() {
        return base + 3;
    }

    /** Where ledger clients connect (CurveZMQ). */
    public int ledger() {
        return base + 4;
    }

    /** The ledger node's health and metrics. */
    public int ledgerHealth() {
        return base + 6;
    }

    public int database() {
        return base + 7;
    }
}
