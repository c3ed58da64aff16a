package city.elicence.city.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;

/**
 * The ports of a city, all from one base.
 *
 * @param base the portal's port
 */
public record Ports(int base) {
    /**
     * Looks at every port before anything is started, but the database's: a server that a killed run left there is ended first.
     *
     * @param addresses those that are going to be bound
     * @throws IllegalStateException naming the first that another program has
     */
    void requireFree(Collection<String> addresses) {
        for (int port = base; port < database(); port++) {
            for (String address : addresses) {
                try (ServerSocket probe = new ServerSocket()) {
                    probe.setReuseAddress(true);
                    probe.bind(new InetSocketAddress(address, port));
                } catch (IOException taken) {
                    throw new IllegalStateException("port " + port
                            + " is in use by another program: stop it, or choose other ports with --port-base N");
                }
            }
        }
    }

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

    public int company() {
        return base + 5;
    }

    /** The ledger node's health and metrics. */
    public int ledgerHealth() {
        return base + 6;
    }

    public int database() {
        return base + 7;
    }

    /** The regulator's dashboard. */
    public int observer() {
        return base + 8;
    }
}
