package city.elicence.city.run;

import city.elicence.city.setup.Ceremony;
import city.elicence.city.setup.CityFolder;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.ledger.LedgerSigner;
import city.elicence.node.LedgerNode;
import city.elicence.node.NodeSettings;
import city.elicence.node.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a city's ledger is: in this process, or a pool of others that only the genesis file tells of. */
public final class CityLedger implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final @Nullable LedgerNode node;
    private final Path genesisFile;
    private final LedgerSigner authority;

    /**
     * A pool that somebody else runs.
     *
     * @param genesis its genesis transactions, as its operators hand them out
     * @param trusteeKey key file of the DID that accredits and publishes types
     */
    public record Outside(Path genesis, Path trusteeKey) {}

    private CityLedger(@Nullable LedgerNode node, Path genesisFile, Path authorityKey) throws IOException {
        this.node = node;
        this.genesisFile = genesisFile;
        this.authority = KeyFileSigner.open(authorityKey, Ceremony.NAMESPACE);
    }

    static CityLedger open(Optional<Outside> outside, CityFolder folder, Ports ports, Clock clock) throws IOException {
        if (outside.isPresent()) {
            return new CityLedger(null, outside.get().genesis(), outside.get().trusteeKey());
        }
        if (!Genesis.exists(folder.ledger())) {
            Genesis.create(folder.ledger(), "Node1", HOST, ports.ledger(), new SecureRandom());
        }
        LedgerNode node = LedgerNode.start(new NodeSettings(folder.ledger(), HOST, ports.ledger()), clock);
        return new CityLedger(node, node.genesisFile(), node.genesis().trusteeKeyFile());
    }

    Path genesisFile() {
        return genesisFile;
    }

    LedgerSigner authority() {
        return authority;
    }

    @Override
    public void close() throws IOException {
        if (node != null) {
            node.close();
        }
    }
}
