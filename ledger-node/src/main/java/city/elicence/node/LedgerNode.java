package city.elicence.node;

import city.elicence.node.bls.RootSigner;
import city.elicence.node.books.Books;
import city.elicence.node.books.Committed;
import city.elicence.node.genesis.Genesis;
import city.elicence.node.ledger.LedgerId;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.ledger.Txn;
import city.elicence.node.read.Reads;
import city.elicence.node.read.ValidatorInfo;
import city.elicence.node.request.RequestDecoder;
import city.elicence.node.state.State;
import city.elicence.node.wire.ClientDesk;
import city.elicence.node.wire.ClientDoor;
import city.elicence.node.write.WriteKinds;
import city.elicence.node.write.WriteLane;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A ledger node for the clients of Hyperledger Indy: one process, one operator. It keeps a signed, audited log: whoever runs it can
 * stop it, but cannot change what it has shown without being caught by those who kept a signed root.
 */
public final class LedgerNode implements Closeable {
    private final NodeSettings settings;
    private final Genesis genesis;
    private final Books books;
    private final WriteLane lane;
    private final ClientDoor door;
    private final ExecutorService workers;

    private LedgerNode(NodeSettings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.genesis = Genesis.open(settings.dataFolder());
        this.books =
                Books.open(settings.dataFolder().resolve("ledger"), WriteKinds.initialState(), WriteKinds::applied);
        writeGenesis();
        RootSigner signer = new RootSigner(genesis.alias(), genesis.bls(), books.store(), clock);
        this.lane = new WriteLane(books, clock, world -> {});
        ValidatorInfo info = new ValidatorInfo(genesis.alias(), settings.clientPort(), clock);
        ClientDesk desk = new ClientDesk(books, new Reads(books, signer, info), lane);
        this.workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("ledger-desk-", 0).factory());
        this.door = new ClientDoor(
                settings.bindHost(),
                settings.clientPort(),
                genesis.node().curveSecret(),
                2L * RequestDecoder.MAX_BYTES);
        lane.start();
        door.start((client, message) -> workers.execute(() -> desk.handle(message, reply -> door.send(client, reply))));
    }

    public static LedgerNode start(NodeSettings settings, Clock clock) throws IOException {
        return new LedgerNode(settings, clock);
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

    public int port() {
        return settings.clientPort();
    }

    /** The file that a client needs to connect. */
    public Path genesisFile() {
        return genesis.poolFile();
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
        lane.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        door.close();
        books.close();
    }
}
