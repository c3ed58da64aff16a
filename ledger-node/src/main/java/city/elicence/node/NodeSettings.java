package city.elicence.node;

import java.nio.file.Path;

/**
 * How a node is run.
 *
 * @param dataFolder holds genesis, keys and ledger; made by {@link city.elicence.node.genesis.Genesis#create}
 * @param bindHost the address on which clients are taken
 * @param clientPort the port on which clients are taken
 * @param healthPort the port of health and metrics on the same address; 0 for none
 * @param connections how many clients may be connected
 * @param connectionsOfOnePeer how many connections one address may have
 */
public record NodeSettings(
        Path dataFolder, String bindHost, int clientPort, int healthPort, int connections, int connectionsOfOnePeer) {
    private static final int CONNECTIONS = 2_000;
    private static final int CONNECTIONS_OF_ONE_PEER = 500;

    public NodeSettings {
        if (clientPort < 1 || clientPort > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + clientPort);
        }
        if (healthPort < 0 || healthPort > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + healthPort);
        }
        if (connectionsOfOnePeer < 1 || connections < connectionsOfOnePeer) {
            throw new IllegalArgumentException(
                    "one peer may have at least one connection, and not more than all together");
        }
    }

    public NodeSettings(Path dataFolder, String bindHost, int clientPort, int healthPort) {
        this(dataFolder, bindHost, clientPort, healthPort, CONNECTIONS, CONNECTIONS_OF_ONE_PEER);
    }

    public NodeSettings(Path dataFolder, String bindHost, int clientPort) {
        this(dataFolder, bindHost, clientPort, 0);
    }
}
