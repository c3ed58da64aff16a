package city.elicence.node.contract;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.VdrSettings;
import city.elicence.node.LedgerNode;
import city.elicence.node.NodeSettings;
import city.elicence.node.genesis.Genesis;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An embedded node in a folder of its own, which can be stopped and started. */
final class RunningNode implements AutoCloseable {

    private static final AtomicInteger KEYS = new AtomicInteger();

    private final Path folder;
    private int port;
    private final LedgerSigner trustee;
    private LedgerNode node;

    RunningNode(Path folder) throws IOException {
        this.folder = folder.resolve("node");
        this.port = freePort();
        Genesis genesis = Genesis.create(this.folder, "Node1", "127.0.0.1", port, new SecureRandom());
        this.trustee = KeyFileSigner.open(genesis.trusteeKeyFile(), "beijing");
        this.node = start();
    }

    private LedgerNode start() throws IOException {
        return LedgerNode.start(new NodeSettings(folder, "127.0.0.1", port), Clock.systemUTC());
    }

    void stop() throws IOException {
        node.close();
    }

    void restart() throws IOException {
        node = start();
    }

    void restartElsewhere() throws IOException {
        int before = port;
        while (port == before) {
            port = freePort();
        }
        restart();
    }

    int port() {
        return port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    LedgerSigner trustee() {
        return trustee;
    }

    Path genesisFile() {
        return node.genesisFile();
    }

    /** Short limits, so that a test of an outage takes seconds. */
    VdrSettings settings() {
        Did authority = trustee.did();
        return VdrSettings.of(genesisFile(), authority).within(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    LedgerSigner newKey() throws IOException {
        return KeyFileSigner.create(folder.resolve("party-" + KEYS.incrementAndGet()), "beijing");
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
