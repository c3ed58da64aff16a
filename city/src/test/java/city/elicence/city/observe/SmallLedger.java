package city.elicence.city.observe;

import city.elicence.city.TestCity;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.IndyVdrLedger;
import city.elicence.ledger.vdr.VdrSettings;
import city.elicence.node.LedgerNode;
import city.elicence.node.NodeSettings;
import city.elicence.node.genesis.Genesis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An embedded node of a test's own, with libindy_vdr to write to it: it can be stopped, and go on with another past. */
final class SmallLedger implements AutoCloseable {
    static final String NAMESPACE = "beijing";
    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final int port;
    private final LedgerSigner authority;
    private LedgerNode node;
    private Ledger ledger;
    private int keys;

    SmallLedger(Path folder) throws Exception {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Genesis genesis = Genesis.create(past("first"), "Node1", HOST, port, new SecureRandom());
        authority = KeyFileSigner.open(genesis.trusteeKeyFile(), NAMESPACE);
        start("first");
    }

    private Path past(String name) {
        return folder.resolve(name);
    }

    /** Starts the node on a history, at the one address and with the one key that clients know. */
    void start(String past) throws Exception {
        node = LedgerNode.start(new NodeSettings(past(past), HOST, port), Clock.systemUTC());
        ledger = IndyVdrLedger.open(VdrSettings.of(node.genesisFile(), authority.did()));
    }

    void stop() throws IOException {
        ledger.close();
        node.close();
    }

    /** A second history that is like another up to now; the node must be stopped. */
    void copy(String past, String to) throws IOException {
        try (Stream<Path> files = Files.walk(past(past))) {
            for (Path each : files.toList()) {
                Files.copy(each, past(to).resolve(past(past).relativize(each).toString()));
            }
        }
    }

    Path genesisFile() {
        return node.genesisFile();
    }

    Ledger ledger() {
        return ledger;
    }

    long size() {
        return node.size();
    }

    LedgerSigner authority() {
        return authority;
    }

    /** A key that may write, of nobody who is accredited. */
    LedgerSigner key() throws IOException {
        LedgerSigner key = KeyFileSigner.create(folder.resolve("key-" + ++keys), NAMESPACE);
        TestCity.done(ledger.publishDid(key.did(), key.verkey(), LedgerRole.ENDORSER, authority));
        return key;
    }

    /** A key of somebody who may issue one type. */
    LedgerSigner issuer() throws IOException {
        LedgerSigner key = key();
        accredit(key.did(), Instant.now(), Role.ISSUER);
        return key;
    }

    void accredit(Did did, Instant from, Role role) {
        Set<Role> roles = EnumSet.of(role);
        TestCity.done(ledger.accredit(
                new Accreditation(
                        did,
                        new Names("机关（测试）", "An office"),
                        roles,
                        List.of(),
                        List.of(new Grant("driving-licence", Period.from(from))),
                        List.of(),
                        null),
                authority));
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
