package city.elicence.node;

import city.elicence.node.genesis.Genesis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger on a free port. */
final class TestLedger {
    static final String HOST = "127.0.0.1";
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private TestLedger() {}

    static NodeSettings create(Path folder) throws IOException {
        int port = freePort();
        Genesis.create(folder, "Node1", HOST, port, new SecureRandom());
        return new NodeSettings(folder, HOST, port);
    }

    static LedgerNode start(Path folder) throws IOException {
        return LedgerNode.start(create(folder), Clock.systemUTC());
    }

    /** A port that is free now, and that nobody in this JVM was given before. */
    static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }
}
