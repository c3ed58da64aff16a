package city.elicence.node.genesis;

import city.elicence.credentials.json.JsonException;
import city.elicence.node.bls.BlsKey;
import city.elicence.node.keys.KeyFile;
import city.elicence.node.keys.SigningSeed;
import city.elicence.node.txn.Txn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The beginning of a ledger: who runs the node and where it is (the file that every client gets), and which DIDs exist from the
 * start, a trustee and a steward. Made once; the keys that are made with it are written to files that only their owner can read,
 * and are printed nowhere.
 */
public final class Genesis {
    private static final String POOL_FILE = "pool_transactions_genesis";
    private static final String DOMAIN_FILE = "domain_transactions_genesis";

    private final Path folder;

    private Genesis(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes keys and genesis files in an empty place.
     *
     * @param alias the node's name, as proofs and clients name it
     * @param clientHost where clients reach the node
     */
    public static Genesis create(Path dataFolder, String alias, String clientHost, int clientPort, SecureRandom random)
            throws IOException {
        Genesis genesis = new Genesis(dataFolder);
        if (exists(dataFolder)) {
            throw new IOException(
                    dataFolder + " holds a ledger already; a new one would make all its clients strangers");
        }
        SigningSeed node = SigningSeed.generate(random);
        SigningSeed steward = SigningSeed.generate(random);
        SigningSeed trustee = SigningSeed.generate(random);
        BlsKey bls = BlsKey.generate(random);
        KeyFile.write(genesis.nodeKeyFile(), node, Map.of("alias", alias, "bls", bls.exposedSecret()));
        KeyFile.write(genesis.stewardKeyFile(), steward, Map.of());
        KeyFile.write(genesis.trusteeKeyFile(), trustee, Map.of());
        GenesisText text = new GenesisText(alias, clientHost, clientPort);
        Files.createDirectories(genesis.genesisFolder());
        writeLines(genesis.genesisFolder().resolve(DOMAIN_FILE), text.domain(trustee, steward));
        // Last, because its being there says that the ceremony is complete.
        writeLines(genesis.poolFile(), List.of(text.pool(node, steward, bls)));
        return genesis;
    }

    public static boolean exists(Path dataFolder) {
        return Files.exists(new Genesis(dataFolder).poolFile());
    }

    public static Genesis open(Path dataFolder) throws IOException {
        if (!exists(dataFolder)) {
            throw new IOException(dataFolder + " holds no ledger; make one with the init command");
        }
        return new Genesis(dataFolder);
    }

    /** For clients: all transactions of the pool ledger, the first and those by which the node has moved since. */
    public Path currentPoolFile() {
        return genesisFolder().resolve("pool_transactions");
    }

    /** The first transactions of the pool ledger, as they were made. */
    public Path poolFile() {
        return genesisFolder().resolve(POOL_FILE);
    }

    public List<Txn> poolTransactions() throws IOException {
        return read(poolFile());
    }

    public List<Txn> domainTransactions() throws IOException {
        return read(genesisFolder().resolve(DOMAIN_FILE));
    }

    /** The key that may do everything at the start. To be taken off the machine once other trustees exist. */
    public Path trusteeKeyFile() {
        return keyFile("trustee");
    }

    public Path stewardKeyFile() {
        return keyFile("steward");
    }

    public Path nodeKeyFile() {
        return keyFile("node");
    }

    public SigningSeed trustee() throws IOException {
        return KeyFile.seed(trusteeKeyFile());
    }

    public SigningSeed steward() throws IOException {
        return KeyFile.seed(stewardKeyFile());
    }

    public SigningSeed node() throws IOException {
        return KeyFile.seed(nodeKeyFile());
    }

    public String alias() throws IOException {
        return nodeField("alias");
    }

    public BlsKey bls() throws IOException {
        return BlsKey.ofSecret(nodeField("bls"));
    }

    private String nodeField(String name) throws IOException {
        try {
            return KeyFile.read(nodeKeyFile()).string(name);
        } catch (JsonException e) {
            throw new IOException(nodeKeyFile() + " is not a node's key file: " + e.getMessage(), e);
        }
    }

    private Path keyFile(String name) {
        return folder.resolve("keys").resolve(name + ".json");
    }

    private Path genesisFolder() {
        return folder.resolve("genesis");
    }

    private static void writeLines(Path file, List<Txn> txns) throws IOException {
        List<String> lines = txns.stream().map(Txn::json).toList();
        Files.write(file, lines, StandardOpenOption.CREATE_NEW);
    }

    private static List<Txn> read(Path file) throws IOException {
        List<Txn> txns = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                txns.add(Txn.parse(line));
            } catch (JsonException e) {
                throw new IOException(file + ", line " + (txns.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return txns;
    }
}
