import city.elicence.credentials.json.Json;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.IndyVdrLedger;
import city.elicence.ledger.vdr.VdrSettings;
import city.elicence.node.LedgerNode;
import city.elicence.node.NodeSettings;
import city.elicence.node.genesis.Genesis;
import city.elicence.node.keys.SigningSeed;
import city.elicence.node.request.SignatureInput;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The ledger's figures, as ratios in one run: {@code ./elicence bench ledger [--transactions N] [--pool GENESIS TRUSTEE-KEY]}.
 *
 * <p>Each client waits for its answer before it asks again. The protocol alone is measured with a connection a client; then the ledger as
 * services use it, through stock libindy_vdr: {@code publishDid} first looks, with a proof that the library verifies. Signing is in the figures. The database through JDBC, one row a commit, with fsync as {@code web} starts it.
 */
public final class LedgerBench {
    private static final List<Integer> CLIENTS = List.of(1, 16, 64);
    private static final Duration EACH = Duration.ofSeconds(8);
    private static final String NAMESPACE = "bench";
    private static final String HOST = "127.0.0.1";

    private final Path folder = Files.createTempDirectory("ledger-bench");

    private LedgerBench() throws IOException {}

    /** Answers in a span of time, and how long each took. */
    private record Figures(double perSecond, double medianMillis, double p99Millis) {
        String row() {
            return String.format(Locale.ROOT, "%.0f/s | %.2f ms | %.2f ms", perSecond, medianMillis, p99Millis);
        }
    }

    /** One client's act; repeated until time is up. */
    private interface Act {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        int at = words.indexOf("--transactions");
        int transactions = at < 0 ? 100_000 : Integer.parseInt(words.get(at + 1));
        LedgerBench bench = new LedgerBench();
        System.out.printf(
                "%d processors, load %.1f before, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version());
        List<Figures> database = bench.database();
        bench.node(database, transactions);
        int pool = words.indexOf("--pool");
        if (pool >= 0) {
            bench.pool(Path.of(words.get(pool + 1)), Path.of(words.get(pool + 2)));
        }
        System.exit(0);
    }

    private List<Figures> database() throws Exception {
        List<Figures> all = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgresql"), freePort())) {
            DatabaseSettings settings = database.settings("bench");
            String url = "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/" + settings.database();
            try (Connection first = DriverManager.getConnection(url, settings.user(), settings.password())) {
                first.createStatement().execute("create table entry (id bytea primary key, content bytea not null)");
            }
            for (int clients : CLIENTS) {
                List<Connection> open = new ArrayList<>();
                List<Act> acts = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    Connection connection =
                            DriverManager.getConnection(url, settings.user(), settings.password());
                    open.add(connection);
                    PreparedStatement insert =
                            connection.prepareStatement("insert into entry (id, content) values (?, ?)");
                    SecureRandom random = new SecureRandom();
                    acts.add(() -> {
                        byte[] id = new byte[16];
                        byte[] content = new byte[600];
                        random.nextBytes(id);
                        random.nextBytes(content);
                        insert.setBytes(1, id);
                        insert.setBytes(2, content);
                        insert.executeUpdate();
                    });
                }
                Figures figures = measure(acts);
                all.add(figures);
                row("PostgreSQL, one row a commit", clients, figures, "1");
                for (Connection connection : open) {
                    connection.close();
                }
            }
        }
        return all;
    }

    private void node(List<Figures> database, int transactions) throws Exception {
        int port = freePort();
        Path data = folder.resolve("ledger");
        Genesis genesis = Genesis.create(data, "Node1", HOST, port, new SecureRandom());
        LedgerSigner trustee = KeyFileSigner.open(genesis.trusteeKeyFile(), NAMESPACE);
        NodeSettings settings = new NodeSettings(data, HOST, port);
        try (LedgerNode node = LedgerNode.start(settings, Clock.systemUTC())) {
            for (int i = 0; i < CLIENTS.size(); i++) {
                try (ZContext context = new ZContext(2)) {
                    List<Act> acts = new ArrayList<>();
                    for (int n = 0; n < CLIENTS.get(i); n++) {
                        acts.add(new RawWriter(context, genesis, port));
                    }
                    row(
                            "node, signed NYM acknowledged durable",
                            CLIENTS.get(i),
                            measure(acts),
                            database.get(i));
                }
            }
            clients("node", VdrSettings.of(node.genesisFile(), trustee.did()), trustee, database);
            fill(genesis, port, transactions, node);
        }
        long bytes = size(data.resolve("ledger"));
        System.gc();
        long heapBefore = heap();
        long begun = System.nanoTime();
        try (LedgerNode node = LedgerNode.start(settings, Clock.systemUTC());
                IndyVdrLedger ledger = IndyVdrLedger.open(VdrSettings.of(node.genesisFile(), trustee.did()))) {
            ledger.resolve(trustee.did());
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.gc();
            double millions = node.size() / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "Start with %d transactions: first answer after %.1f s; %.2f GB on disk and %.0f MB of heap a million%n",
                    node.size(),
                    seconds,
                    bytes / 1e9 / millions,
                    (heap() - heapBefore) / 1e6 / millions);
        }
    }

    private void pool(Path genesis, Path trusteeKey) throws Exception {
        LedgerSigner trustee = KeyFileSigner.open(trusteeKey, NAMESPACE);
        clients("Indy pool", VdrSettings.of(genesis, trustee.did()), trustee, List.of());
    }

    private void clients(String name, VdrSettings settings, LedgerSigner trustee, List<Figures> database)
            throws Exception {
        try (IndyVdrLedger ledger = IndyVdrLedger.open(settings)) {
            for (int i = 0; i < CLIENTS.size(); i++) {
                int clients = CLIENTS.get(i);
                SecureRandom random = new SecureRandom();
                Figures writes = measure(same(clients, () -> publish(ledger, trustee, random)));
                String ratio = database.isEmpty()
                        ? "-"
                        : String.format(Locale.ROOT, "%.2f", writes.perSecond() / database.get(i).perSecond());
                row(name + ", publishDid through libindy_vdr", clients, writes, ratio);
                Figures reads = measure(same(clients, () -> ledger.resolve(trustee.did())));
                row(
                        name + ", resolve through libindy_vdr, proven",
                        clients,
                        reads,
                        String.format(Locale.ROOT, "%.1f reads a write", reads.perSecond() / writes.perSecond()));
            }
        }
    }

    /** What {@code publishDid} does: looks whether it is there, signs, writes, waits for the acknowledgement. */
    private static void publish(IndyVdrLedger ledger, LedgerSigner trustee, SecureRandom random) {
        byte[] id = new byte[16];
        byte[] key = new byte[32];
        random.nextBytes(id);
        random.nextBytes(key);
        Did did = Did.of(NAMESPACE, base58(id));
        if (!ledger.publishDid(did, base58(key), LedgerRole.NONE, trustee).isDone()) {
            throw new IllegalStateException("a write was not done");
        }
    }

    /** The protocol alone: one connection, a signed NYM, its acknowledgement and its reply. */
    private static final class RawWriter implements Act {
        private static final AtomicLong REQUEST = new AtomicLong(System.nanoTime());

        private final ZMQ.Socket socket;
        private final SigningSeed trustee;
        private final SecureRandom random = new SecureRandom();

        RawWriter(ZContext context, Genesis genesis, int port) throws IOException {
            trustee = genesis.trustee();
            byte[] server = new byte[32];
            X25519.scalarMultBase(genesis.node().curveSecret(), 0, server, 0);
            ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
            socket = context.createSocket(SocketType.DEALER);
            socket.setCurveServerKey(server);
            socket.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
            socket.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
            socket.setHandshakeIvl(1_000);
            socket.setReceiveTimeOut(60_000);
            socket.connect("tcp://" + HOST + ":" + port);
        }

        @Override
        public void run() throws Exception {
            byte[] id = new byte[16];
            byte[] key = new byte[32];
            random.nextBytes(id);
            random.nextBytes(key);
            Map<String, Object> request = new HashMap<>(Map.of(
                    "identifier",
                    trustee.did(),
                    "operation",
                    Map.of("type", "1", "dest", base58(id), "verkey", base58(key)),
                    "protocolVersion",
                    2L,
                    "reqId",
                    REQUEST.incrementAndGet()));
            request.put("signature", base58(trustee.sign(SignatureInput.of(request))));
            socket.send(Json.write(request).getBytes(StandardCharsets.UTF_8));
            while (true) {
                byte[] answer = socket.recv();
                String text = answer == null ? "nothing" : new String(answer, StandardCharsets.UTF_8);
                if (text.contains("\"op\":\"REPLY\"")) {
                    return;
                }
                if (!text.contains("\"REQACK\"")) {
                    throw new IllegalStateException("a write was answered by " + text);
                }
            }
        }
    }

    private static void fill(Genesis genesis, int port, int transactions, LedgerNode node) throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(64);
                ZContext context = new ZContext(2)) {
            List<Future<?>> running = new ArrayList<>();
            long missing = transactions - node.size();
            for (int i = 0; i < 64; i++) {
                RawWriter writer = new RawWriter(context, genesis, port);
                running.add(writers.submit(() -> {
                    for (long n = 0; n < missing / 64; n++) {
                        writer.run();
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static List<Act> same(int clients, Act act) {
        return java.util.Collections.nCopies(clients, act);
    }

    /** One warm-up of a fifth of the time, then the measured span. */
    private static Figures measure(List<Act> acts) throws Exception {
        round(acts, EACH.dividedBy(5));
        long[] nanos = round(acts, EACH);
        Arrays.sort(nanos);
        return new Figures(
                nanos.length / (double) EACH.toSeconds(),
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
    }

    private static long[] round(List<Act> acts, Duration span) throws Exception {
        long end = System.nanoTime() + span.toNanos();
        List<Callable<List<Long>>> clients = new ArrayList<>();
        for (Act act : acts) {
            clients.add(() -> {
                List<Long> took = new ArrayList<>();
                for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                    act.run();
                    took.add(System.nanoTime() - begun);
                }
                return took;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(acts.size())) {
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> client : threads.invokeAll(clients)) {
                all.addAll(client.get());
            }
            return all.stream().mapToLong(Long::longValue).toArray();
        }
    }

    private static void row(String what, int clients, Figures figures, Figures database) {
        row(what, clients, figures, String.format(Locale.ROOT, "%.2f", figures.perSecond() / database.perSecond()));
    }

    private static void row(String what, int clients, Figures figures, String ratio) {
        System.out.printf("| %s | %d | %s | %s |%n", what, clients, figures.row(), ratio);
    }

    private static String base58(byte[] bytes) {
        return city.elicence.ledger.indy.Base58.encode(bytes);
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
