package city.elicence.issuer;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.issuer.citizen.IdentityProvider;
import city.elicence.issuer.evidence.EvidenceChecks;
import city.elicence.issuer.http.IssuerRoutes;
import city.elicence.issuer.registry.Enrolment;
import city.elicence.issuer.tenant.Signer;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.memory.MemoryLedger;
import city.elicence.web.DoorSettings;
import city.elicence.web.StaffDoor;
import city.elicence.web.database.ServiceDatabase;
import city.elicence.web.vault.Vault;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An issuer service with two authorities on a real database, a ledger in memory, and a clock that tests move. */
final class TestCity implements AutoCloseable {
    private static final byte[] DATA_KEY = Vault.newDataKey();
    /** The database is shared: no two cities of a JVM have a tenant of one name. */
    private static final AtomicInteger TENANTS = new AtomicInteger(0x1000);

    final MovableClock clock = new MovableClock();
    final TestAuthority authority = new TestAuthority("test city");
    final TestAuthority walletProvider = new TestAuthority("test wallet provider");
    final SoftwareKey staffKey = SoftwareKey.generate();
    final LedgerSigner trustee = MemoryLedger.signer("beijing", "authority");
    final MemoryLedger ledger = MemoryLedger.of(trustee, clock);
    final String police;
    final String bureau;
    private final Map<String, LedgerSigner> signers = new HashMap<>();
    private final Map<String, Enrolment> enrolled = new HashMap<>();

    /** By DID: what is said of a party besides what is on the ledger now. */
    final Map<String, Accreditation> besides = new ConcurrentHashMap<>();

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final IssuerSettings settings;
    private final DoorSettings door;
    private final EvidenceChecks evidence;
    private IssuerService service;

    TestCity() {
        this(limits -> limits, null, pool -> pool);
    }

    TestCity(UnaryOperator<IssuerSettings.Limits> limits, @Nullable Path types, UnaryOperator<Pool> faults) {
        this(limits, types, faults, DoorSettings.local("issuer", 0), s -> s, EvidenceChecks.dangerouslyNone());
    }

    /** A city behind HTTPS. */
    static TestCity over(DoorSettings.TlsFiles tls) {
        return new TestCity(
                limits -> limits,
                null,
                pool -> pool,
                DoorSettings.local("issuer", 0).withTls(tls),
                s -> s,
                EvidenceChecks.dangerouslyNone());
    }

    /** A city whose authorities ask for evidence at this verifier. */
    static TestCity showingAt(EvidenceChecks verifier) {
        return new TestCity(limits -> limits, null, pool -> pool, DoorSettings.local("issuer", 0), s -> s, verifier);
    }

    /** A city whose citizens sign in at an identity platform. */
    static TestCity with(IdentityProvider provider) {
        return set(s -> s.with(provider));
    }

    /** A city whose authorities may sign by these suites. */
    static TestCity taking(Suites suites) {
        return set(s -> s.with(suites));
    }

    private static TestCity set(UnaryOperator<IssuerSettings> more) {
        return new TestCity(
                limits -> limits,
                null,
                pool -> pool,
                DoorSettings.local("issuer", 0),
                more,
                EvidenceChecks.dangerouslyNone());
    }

    private TestCity(
            UnaryOperator<IssuerSettings.Limits> limits,
            @Nullable Path types,
            UnaryOperator<Pool> faults,
            DoorSettings door,
            UnaryOperator<IssuerSettings> more,
            EvidenceChecks evidence) {
        this.door = door;
        this.evidence = evidence;
        this.settings = more.apply(IssuerSettings.usual(DATA_KEY, types).with(limits.apply(small())));
        this.pool = ServiceDatabase.pool(vertx, TestDatabase.settings());
        this.service = IssuerService.start(vertx, door, settings, around(faults.apply(pool)));
        Http.ISSUERS.add(base());
        this.police = enrol("traffic-police");
        this.bureau = enrol("public-security-bureau");
    }

    /** Quick rounds and small lists; all else as usual. */
    private static IssuerSettings.Limits small() {
        IssuerSettings.Limits usual = IssuerSettings.Limits.usual();
        return new IssuerSettings.Limits(
                usual.offerLife(),
                3,
                usual.nonceLife(),
                usual.accessTokenLife(),
                usual.refreshTokenLife(),
                5,
                usual.issuancesPerGrant(),
                1 << 10,
                usual.statusTtl(),
                usual.statusLife(),
                Duration.ofMillis(50),
                usual.anchorBatch());
    }

    private IssuerService.Surroundings around(Pool connections) {
        return new IssuerService.Surroundings(
                connections,
                ledger,
                this::accreditation,
                did -> Optional.ofNullable(signers.get(did)),
                staffKey.publicKey(),
                () -> List.of(walletProvider.anchor()),
                evidence,
                clock);
    }

    private List<Accreditation> accreditation(Did party) {
        List<Accreditation> said = new ArrayList<>();
        try {
            ledger.accreditation(party).ifPresent(said::add);
        } catch (LedgerException silent) {
            return List.of();
        }
        Optional.ofNullable(besides.get(party.value())).ifPresent(said::add);
        return said;
    }

    /** What the service finds that a tenant may issue, when it looks. */
    Tenant.Accredited accreditedNow(String tenant) {
        IssuerParts parts = IssuerParts.of(settings, around(pool), () -> URI.create(base()));
        parts.accreditation().round(clock.instant());
        return parts.tenants().find(tenant).orElseThrow().accredited();
    }

    /** Ends the service as a crash would, and starts it again on the same database and ledger. */
    void restart() {
        int port = service.base().getPort();
        service.close();
        service = IssuerService.start(
                vertx, DoorSettings.local("issuer", port).withTls(door.tls()), settings, around(pool));
    }

    /** A tenant of its own for this city, known to the ledger; returns its id. */
    String enrol(String role) {
        String id = role + "-" + Integer.toHexString(TENANTS.incrementAndGet());
        LedgerSigner signer = MemoryLedger.signer("beijing", id);
        signers.put(signer.did().value(), signer);
        ledger.publishDid(signer.did(), signer.verkey(), LedgerRole.ENDORSER, trustee);
        SoftwareKey key = SoftwareKey.generate();
        String did = signer.did().value();
        enrol(new Enrolment(
                id,
                did,
                new Tenant.Names("测试机关", "Test authority"),
                List.of(role),
                key,
                authority.chainFor(key, id, did),
                null,
                authority.documentSigner(id + " documents", did)));
        return id;
    }

    private void enrol(Enrolment enrolment) {
        enrolled.put(enrolment.id(), enrolment);
        service.enrol(enrolment);
    }

    /** From now on the tenant signs its SD-JWT VCs by this suite. */
    void signsBy(String tenant, Suite suite) {
        Enrolment before = Objects.requireNonNull(enrolled.get(tenant));
        SoftwareKey key = SoftwareKey.generate(suite);
        enrol(new Enrolment(
                tenant,
                before.did(),
                before.names(),
                before.roles(),
                before.key(),
                before.chain(),
                suite.equals(Suite.ES256) ? null : new Signer(key, authority.chainFor(key, tenant, before.did())),
                before.documentSigner()));
    }

    void accredit(String tenant, String... types) {
        ledger.accredit(accreditation(tenant, types), trustee);
    }

    Accreditation accreditation(String tenant, String... types) {
        Did did = MemoryLedger.signer("beijing", tenant).did();
        List<Grant> grants = List.of(types).stream()
                .map(type -> new Grant(type, Period.from(clock.instant().minusSeconds(60))))
                .toList();
        return new Accreditation(did, new Names("测试", "Test"), Set.of(Role.ISSUER), List.of(), grants, List.of(), null);
    }

    String base() {
        return service.base().toString();
    }

    String issuer(String tenant) {
        return base() + "/" + tenant;
    }

    String clerkToken() {
        return staffToken(StaffRole.CLERK);
    }

    String staffToken(StaffRole role) {
        Instant now = clock.instant();
        return StaffToken.of("clerk 7", role, StaffToken.Use.ACCESS, now, Duration.ofHours(1))
                .mint(staffKey);
    }

    /** Of a clerk who works for one authority alone. */
    String clerkTokenAt(String office) {
        return StaffToken.of("clerk 8", StaffRole.CLERK, StaffToken.Use.ACCESS, clock.instant(), Duration.ofHours(1))
                .at(office)
                .mint(staffKey);
    }

    /** The service's routes on a router of their own. */
    Router routes() {
        Router router = Router.router(vertx);
        StaffDoor staff = new StaffDoor("issuer", staffKey.publicKey(), pool, clock, false);
        IssuerRoutes.mount(
                router,
                IssuerParts.of(settings, around(pool), () -> URI.create(base())).routes(),
                staff);
        return router;
    }

    /** What the service does once a minute: it signs lists that nobody has asked for lately. */
    void signOldLists() {
        IssuerParts parts = IssuerParts.of(settings, around(pool), () -> URI.create(base()));
        parts.tenants().reload();
        parts.publisher().signOld(parts.tenants(), clock.instant());
    }

    Pool pool() {
        return pool;
    }

    @Override
    public void close() {
        service.close();
        // The next test's service shares this database and must not try to anchor for tenants it has no keys of.
        pool.query("update outbox set sent_at = now() where sent_at is null")
                .execute()
                .await();
        pool.close().await();
        vertx.close().await();
    }
}
