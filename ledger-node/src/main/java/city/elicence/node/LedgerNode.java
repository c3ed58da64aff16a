package city.elicence.node;

import city.elicence.node.bls.RootSigner;
import city.elicence.node.books.Books;
import city.elicence.node.books.Committed;
import city.elicence.node.genesis.Genesis;
import city.elicence.node.genesis.PortMove;
import city.elicence.node.health.HealthDoor;
import city.elicence.node.health.Metrics;
import city.elicence.node.kind.WriteKinds;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.read.Reads;
import city.elicence.node.read.ValidatorInfo;
import city.elicence.node.request.RequestDecoder;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import city.elicence.node.wire.ClientDesk;
import city.elicence.node.wire.ClientDoor;
import city.elicence.node.wire.Reception;
import city.elicence.node.write.DirectWrite;
import city.elicence.node.write.WriteLane;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A ledger node for the clients of Hyperledger Indy: one process, one operator. It keeps a signed, audited log: whoever runs it can
 * stop it, but cannot change what it has shown without being caught by those who kept a signed root.
 */
public final class LedgerNode implements Closeable {
    private final NodeSettings settings;
    private final Genesis genesis;
    private final Books books;
    /** What runs, the last started on top. */
    private final Deque<Closeable> running = new ArrayDeque<>();

    private LedgerNode(NodeSettings settings) throws IOException {
        this.settings = settings;
        this.genesis = Genesis.open(settings.dataFolder());
        this.books = Books.open(ledgerFolder(settings.dataFolder()), WriteKinds.initialState(), WriteKinds::applied);
        running.push(books);
    }

    public static LedgerNode start(NodeSettings settings, Clock clock) throws IOException {
        LedgerNode node = new LedgerNode(settings);
        try {
            node.writeGenesis();
            node.followPort(clock);
            node.serve(clock);
            return node;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    static Path ledgerFolder(Path dataFolder) {
        return dataFolder.resolve("ledger");
    }

    private void serve(Clock clock) throws IOException {
        Metrics metrics = new Metrics();
        RootSigner signer = new RootSigner(genesis.alias(), genesis.bls(), books.store(), clock);
        WriteLane lane = new WriteLane(books, clock, nanos -> {
            metrics.add(Metrics.Count.BATCHES);
            metrics.add(Metrics.Count.COMMIT_MICROSECONDS, nanos / 1_000);
        });
        for (LedgerId ledger : LedgerId.values()) {
            metrics.gauge(
                    "transactions_" + ledger.name().toLowerCase(java.util.Locale.ROOT),
                    () -> books.committed().size(ledger));
        }
        metrics.gauge("log_bytes", books.store().log()::length);
        metrics.gauge("writes_waiting", lane::waiting);
        metrics.gauge("last_transaction_time_seconds", () -> books.committed().lastTime());
        metrics.gauge("disk_failed", () -> books.store().log().failed() ? 1 : 0);
        metrics.gauge(
                "heap_bytes",
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        ClientDoor door = new ClientDoor(
                settings.bindHost(),
                settings.clientPort(),
                genesis.node().curveSecret(),
                new ClientDoor.Limits(
                        2L * RequestDecoder.MAX_BYTES, settings.connections(), settings.connectionsOfOnePeer()),
                metrics);
        ValidatorInfo info = new ValidatorInfo(genesis.alias(), settings.clientPort(), clock);
        ClientDesk desk = new ClientDesk(books, new Reads(books, signer, info), lane, metrics);
        Reception reception = new Reception(door, desk, metrics);
        lane.start();
        reception.open();
        // Closed from the top: first the writes that wait are finished and answered, then the door is shut.
        running.push(reception);
        running.push(lane);
        if (settings.healthPort() != 0) {
            running.push(new HealthDoor(settings.bindHost(), settings.healthPort(), metrics, this::health));
        }
    }

    private HealthDoor.Health health() {
        boolean writing = !books.store().log().failed();
        Map<String, Object> details = Map.of(
                "status", writing ? "ok" : "the disk failed: no writes until a restart",
                "transactions", books.committed().domainSize(),
                "last_transaction_time", books.committed().lastTime());
        return new HealthDoor.Health(writing, details);
    }

    /** The first start: the genesis transactions become the first of the log. */
    private void writeGenesis() throws IOException {
        Committed world = books.committed();
        if (world.size(LedgerId.POOL) > 0) {
            return;
        }
        List<LedgerStore.Entry> entries = new ArrayList<>();
        State state = world.state();
        for (Txn txn : genesis.poolTransactions()) {
            entries.add(new LedgerStore.Entry(LedgerId.POOL, txn));
            state = WriteKinds.applied(txn, state);
        }
        for (Txn txn : genesis.domainTransactions()) {
            entries.add(new LedgerStore.Entry(LedgerId.DOMAIN, txn));
            state = WriteKinds.applied(txn, state);
        }
        books.commit(entries, state, 0);
    }

    /** A node that is started on another port says so on the pool ledger, and in the file that it gives to clients. */
    private void followPort(Clock clock) throws IOException {
        Object port = books.committed()
                .state()
                .object(LedgerId.POOL, StateKeys.node(genesis.node().verkey()))
                .map(fields -> fields.map().get("client_port"))
                .orElseThrow(() -> new IOException("the node's key is not that of the genesis file: "
                        + genesis.nodeKeyFile() + " and " + genesis.poolFile() + " are of different ledgers"));
        if (!port.equals((long) settings.clientPort())) {
            long reqId = clock.millis() * 1_000_000;
            DirectWrite.write(books, PortMove.request(genesis, settings.clientPort(), reqId), clock);
        }
        List<String> lines = new ArrayList<>();
        for (long seqNo = 1; seqNo <= books.committed().poolSize(); seqNo++) {
            lines.add(books.store().read(LedgerId.POOL, seqNo).orElseThrow().json());
        }
        Files.write(genesisFile(), lines);
    }

    public int port() {
        return settings.clientPort();
    }

    /** The file that a client needs to connect: the pool's transactions up to now. */
    public Path genesisFile() {
        return genesis.currentPoolFile();
    }

    public Genesis genesis() {
        return genesis;
    }

    /** How many transactions the ledger of DIDs and attributes has. */
    public long size() {
        return books.committed().size(LedgerId.DOMAIN);
    }

    /** Finishes the writes that wait, and stops. */
    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
