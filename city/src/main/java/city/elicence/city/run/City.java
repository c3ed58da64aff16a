package city.elicence.city.run;

import city.elicence.city.setup.Ceremony;
import city.elicence.city.setup.CityFolder;
import city.elicence.city.setup.Party;
import city.elicence.company.CompanySettings;
import city.elicence.company.CompanyWallet;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.TrustView;
import city.elicence.issuer.IssuerService;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.evidence.VerifierApi;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.IndyVdrLedger;
import city.elicence.ledger.vdr.VdrSettings;
import city.elicence.ledger.view.FollowerSettings;
import city.elicence.ledger.view.TrustFollower;
import city.elicence.sm2.Sm2;
import city.elicence.verifier.VerifierService;
import city.elicence.verifier.VerifierSettings;
import city.elicence.web.DoorSettings;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole city in one process: embedded PostgreSQL, ledger node, issuer service and verifier service on the data that they had
 * last time. Parts are started in the order in which they need one another, and stopped in the opposite one.
 */
public final class City implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(City.class);
    private static final Duration LINK_LIFE = Duration.ofHours(1);

    private final CityFolder folder;
    private final String host;
    private final Ports ports;
    private final Clock clock;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Vertx vertx;
    private final Ceremony ceremony;
    private final IssuerFile issuerFile;
    private final SoftwareKey staffKey;
    private final List<Party> parties;
    private final EmbeddedDatabase database;
    private final CityLedger place;
    private final Ledger ledger;
    private final LedgerSigner authority;
    private final LedgerSetup.Written written;
    private final TrustFollower follower;
    private final IssuerService issuer;
    private final VerifierService verifier;
    private final CompanyWallet companyWallet;
    private final DoorSettings.@org.jspecify.annotations.Nullable TlsFiles tls;

    /**
     * How a city is started.
     *
     * @param host the address by which others know it; this machine's own reach it at 127.0.0.1 in any case
     * @param ports where it listens
     * @param tls whether over HTTPS
     * @param pool the ledger of others that is written to; nothing for a node in this process
     * @param progress told in words what is being started
     */
    public record Settings(
            CityFolder folder,
            String host,
            Ports ports,
            boolean tls,
            Optional<CityLedger.Outside> pool,
            Clock clock,
            Consumer<String> progress) {

        /** For this machine alone, with a ledger node in this process. */
        public Settings(CityFolder folder, Ports ports, boolean tls, Clock clock, Consumer<String> progress) {
            this(folder, DoorSettings.LOOPBACK, ports, tls, Optional.empty(), clock, progress);
        }
    }

    private City(Settings settings) throws IOException, GeneralSecurityException, LedgerException {
        this.folder = settings.folder();
        this.host = settings.host();
        this.ports = settings.ports();
        this.clock = settings.clock();
        try {
            ports.requireFree(List.of(host, DoorSettings.LOOPBACK));
            FastCrypto.install();
            ceremony = new Ceremony(folder, Ceremony.NAMESPACE, clock.instant());
            staffKey = ceremony.staffKey();
            issuerFile = IssuerFile.in(folder.root());
            tls = settings.tls() ? tlsFiles() : null;
            URI issuerBase = issuerDoor().base(ports.issuer());
            parties = ceremony.parties(issuerBase, issuerFile.sm2Offices());
            vertx = keep(
                    Vertx.vertx(),
                    v -> v.close().toCompletionStage().toCompletableFuture().join());
            settings.progress().accept("database");
            database = keep(EmbeddedDatabase.start(folder.database(), ports.database()));
            settings.progress().accept("ledger");
            place = keep(CityLedger.open(settings.pool(), folder, ports, clock));
            authority = place.authority();
            ledger = keep(IndyVdrLedger.open(VdrSettings.of(place.genesisFile(), authority.did())));
            follower = keep(TrustFollower.start(
                    ledger, FollowerSettings.of(folder.ledger().resolve("followed")), clock));
            written = setup(Catalogue.builtIn(), issuerBase).run(parties);
            follower.catchUp();
            settings.progress().accept("services");
            issuer = keep(startIssuer(pool(database.settings("issuer"))));
            verifier = keep(startVerifier(pool(database.settings("verifier")), issuerBase));
            companyWallet = keep(startCompanyWallet(pool(database.settings("company"))));
            keep(new NewTypes(
                    folder.catalogue(), more -> setup(more, issuerBase).run(parties)));
        } catch (IOException | GeneralSecurityException | LedgerException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Starts everything and returns once all of it listens. */
    public static City start(Settings settings) throws IOException, GeneralSecurityException, LedgerException {
        return new City(settings);
    }

    public URI issuerBase() {
        return issuer.base();
    }

    public URI verifierBase() {
        return verifier.base();
    }

    public CityFolder folder() {
        return folder;
    }

    public Ports ports() {
        return ports;
    }

    public Vertx vertx() {
        return vertx;
    }

    public Clock clock() {
        return clock;
    }

    /** A door of a further page of this city, with the same certificate. */
    public DoorSettings door(String name, int port) {
        DoorSettings door = DoorSettings.local(name, port).on(host).withTls(tls);
        return door.withFraming(
                new DoorSettings.Framing(List.of(door.base(ports.portal()).toString()), List.of()));
    }

    public Path genesisFile() {
        return place.genesisFile();
    }

    public Ledger ledger() {
        return ledger;
    }

    public LedgerSigner authorityKey() {
        return authority;
    }

    /** The database server, as its administrator reaches it. */
    public DatabaseSettings database() {
        return database.settings("public");
    }

    public LedgerSetup.Written writtenAtStart() {
        return written;
    }

    public TrustFollower follower() {
        return follower;
    }

    public IssuerService issuer() {
        return issuer;
    }

    public VerifierService verifier() {
        return verifier;
    }

    public CompanyWallet companyWallet() {
        return companyWallet;
    }

    public List<Party> parties() {
        return parties;
    }

    public Party party(String id) {
        return parties.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    }

    /** By what licences of this city may be signed: SM2 too, where an authority signs by it or did. */
    public Suites suites() {
        return parties.stream().anyMatch(party -> party.anchors().size() > 1) ? Sm2.BESIDE_ES256 : Suites.ES256_ALONE;
    }

    /** What a wallet of this city knows of who is accredited. */
    public TrustView walletTrust() {
        return follower.view().trust(list -> Optional.empty(), roots());
    }

    /** The city's root certificate, as strangers are given it. */
    public List<TrustAnchor> roots() {
        try {
            return List.of(new TrustAnchor(ceremony.root(), null));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the root certificate was there at the start", e);
        }
    }

    /** A token for scripts and for the demo itself. */
    public String token(StaffRole role) {
        return token(role, "demo");
    }

    /** A token for a member of staff by name. */
    public String token(StaffRole role, String subject) {
        return staffToken(StaffToken.Use.ACCESS, subject, role).mint(staffKey);
    }

    /** A link that signs a person in once. */
    public URI signInLink(URI base, StaffRole role) {
        String subject = role.name().toLowerCase(java.util.Locale.ROOT);
        return URI.create(base + "/#link="
                + staffToken(StaffToken.Use.LINK, subject, role).mint(staffKey));
    }

    /** A token by which a program acts as one of a company's people. */
    public String companyToken(String company, String person) {
        return staffToken(StaffToken.Use.ACCESS, person, StaffRole.COMPANY)
                .at(company)
                .mint(staffKey);
    }

    /** A link that signs one of a company's people in once. */
    public URI companyLink(String company, String person) {
        StaffToken link =
                staffToken(StaffToken.Use.LINK, person, StaffRole.COMPANY).at(company);
        return URI.create(companyWallet.base() + "/#link=" + link.mint(staffKey));
    }

    private StaffToken staffToken(StaffToken.Use use, String subject, StaffRole role) {
        Duration life = use == StaffToken.Use.LINK ? LINK_LIFE : Duration.ofMinutes(30);
        return StaffToken.of(subject, role, use, clock.instant(), life);
    }

    private LedgerSetup setup(Catalogue catalogue, URI issuerBase) {
        URI companies = door("company wallet", ports.company()).base(ports.company());
        return new LedgerSetup(
                ledger, follower.catchUp(), authority, catalogue, issuerBase, companies, clock.instant());
    }

    private IssuerService startIssuer(Pool pool) throws IOException {
        Map<String, LedgerSigner> signers = new HashMap<>();
        parties.forEach(party -> signers.put(party.did().value(), party.ledgerKey()));
        IssuerService service = IssuerService.start(
                vertx,
                issuerDoor(),
                issuerFile.over(IssuerSettings.usual(ceremony.dataKey(), folder.catalogue())
                        .with(suites())),
                new IssuerService.Surroundings(
                        pool,
                        ledger,
                        follower::saidOf,
                        did -> Optional.ofNullable(signers.get(did)),
                        staffKey.publicKey(),
                        new WalletProviders(follower::view, issuerFile.walletProviders(), clock),
                        new VerifierApi(() -> verifierDoor().base(ports.verifier()), this::relyingParty),
                        clock));
        parties.forEach(party -> service.enrol(party.asIssuer()));
        return service;
    }

    private VerifierService startVerifier(Pool pool, URI issuerBase) throws IOException {
        Map<String, SoftwareKey> keys = new HashMap<>();
        Map<Did, LedgerSigner> ledgerKeys = new HashMap<>();
        parties.forEach(party -> {
            keys.put(party.id(), party.signingKey());
            ledgerKeys.put(party.did(), party.ledgerKey());
        });
        VerifierService service = VerifierService.start(
                vertx,
                VerifierFile.in(folder.root())
                        .over(VerifierSettings.usual(
                                verifierDoor(), staffKey.publicKey(), issuerBase.toString(), tls == null)),
                new VerifierService.Surroundings(
                        pool,
                        follower,
                        ledger,
                        tenant -> Optional.ofNullable(keys.get(tenant)),
                        did -> Optional.ofNullable(ledgerKeys.get(did)),
                        ceremony.verifierVault(),
                        clock));
        parties.forEach(party -> service.enrol(party.asVerifier()));
        return service;
    }

    private CompanyWallet startCompanyWallet(Pool pool) throws IOException {
        Party provider = party("wallet-provider");
        Neighbours neighbours = keep(Neighbours.of(ledger, provider, parties, verifier.base()));
        CompanyWallet service = CompanyWallet.start(
                vertx,
                new CompanySettings(
                        door("company wallet", ports.company()),
                        staffKey.publicKey(),
                        new CompanySettings.DataKey(ceremony.companyDataKey()),
                        provider.did()),
                new CompanyWallet.Surroundings(pool, this::walletTrust, neighbours, neighbours, clock));
        Enterprises.all().forEach(each -> service.enrol(each.company(), each.people()));
        return service;
    }

    private DoorSettings verifierDoor() {
        return door("verifier service", ports.verifier());
    }

    /** The token with which an authority, at its own office alone, is a relying party at the verifier service. */
    private String relyingParty(String office) {
        return StaffToken.of(
                        "issuer-service",
                        StaffRole.VERIFIER,
                        StaffToken.Use.ACCESS,
                        clock.instant(),
                        Duration.ofMinutes(5))
                .at(office)
                .mint(staffKey);
    }

    private DoorSettings issuerDoor() {
        return door("issuer service", ports.issuer());
    }

    private Pool pool(DatabaseSettings settings) {
        return keep(
                ServiceDatabase.open(vertx, settings),
                open -> open.close().toCompletionStage().toCompletableFuture().join());
    }

    private DoorSettings.TlsFiles tlsFiles() throws IOException, GeneralSecurityException {
        Ceremony.ServerFiles files = ceremony.server(
                Stream.of(DoorSettings.LOOPBACK, "localhost", host).distinct().toList());
        files.trustedHere();
        return new DoorSettings.TlsFiles(files.chain().toString(), files.key().toString());
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    private <T> T keep(T part, Consumer<T> stop) {
        running.push(() -> stop.accept(part));
        return part;
    }

    /** Stops everything; a part that fails to stop is logged and does not keep the others running. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the city did not stop cleanly: {}", e.toString());
            }
        }
    }
}
