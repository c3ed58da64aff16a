package city.elicence.node.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.IndyVdrLedger;
import city.elicence.ledger.vdr.VdrSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Four nodes of Hyperledger Indy in processes of their own, as {@code ledger-node/pool} installs and starts them. */
final class RealPool implements AutoCloseable {
    private static final Path SCRIPT = Path.of("pool", "pool.sh").toAbsolutePath();
    private static final int PORTS = 9;
    private static final Duration START = Duration.ofMinutes(3);
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final String installed;
    private final Path folder;
    private final LedgerSigner trustee;

    private RealPool(String installed, Path folder) throws IOException, InterruptedException {
        this.installed = installed;
        this.folder = folder;
        pool("create", installed, folder.toString(), Integer.toString(freePorts()));
        this.trustee = KeyFileSigner.open(folder.resolve("trustee.json"), "beijing");
        restart();
    }

    /** A new pool that answers. The test is skipped, and counted, where none is installed. */
    static RealPool start(Path data) throws IOException, InterruptedException, LedgerException {
        String installed = System.getProperty("pool.installed", "");
        assumeTrue(
                !installed.isEmpty(),
                "a real Indy pool is tested by: ./elicence ledger pool-test (property pool.installed is not set)");
        RealPool pool = new RealPool(installed, data.resolve("pool").toAbsolutePath());
        pool.awaitAnswer();
        return pool;
    }

    private void awaitAnswer() throws InterruptedException, LedgerException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (IndyVdrLedger ledger = IndyVdrLedger.open(settings())) {
                ledger.resolve(trustee.did());
                return;
            } catch (LedgerException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    void kill(String... nodes) throws IOException, InterruptedException {
        pool(with(List.of("kill", folder.toString()), nodes));
    }

    void restart(String... nodes) throws IOException, InterruptedException {
        pool(with(List.of("start", installed, folder.toString()), nodes));
    }

    LedgerSigner trustee() {
        return trustee;
    }

    LedgerSigner newKey() throws IOException {
        return KeyFileSigner.create(folder.resolve("party-" + KEYS.incrementAndGet()), "beijing");
    }

    Path genesisFile() {
        return folder.resolve("genesis.txn");
    }

    VdrSettings settings() {
        Did authority = trustee.did();
        return VdrSettings.of(genesisFile(), authority).within(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    private static String[] with(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }

    private void pool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Path log = Files.createTempFile("pool", ".log");
        builder.redirectOutput(log.toFile());
        // Indy's own three seconds of gathering would make a test of one write after another last for many minutes.
        builder.environment().put("INDY_BATCH_WAIT", "0.1");
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ": " + Files.readString(log));
        }
        Files.delete(log);
    }

    /** The first of so many ports in a row that are free now. */
    private static int freePorts() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try (ServerSocket first = new ServerSocket(0)) {
                int base = first.getLocalPort();
                if (base + PORTS < 65_536 && areFree(base)) {
                    return base;
                }
            }
        }
        throw new IOException("no " + PORTS + " free ports in a row");
    }

    private static boolean areFree(int base) {
        for (int port = base + 1; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                socket.setReuseAddress(true);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            pool("kill", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
