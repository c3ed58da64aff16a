package city.elicence.verifier;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.memory.MemoryLedger;
import city.elicence.ledger.view.FollowerSettings;
import city.elicence.ledger.view.TrustFollower;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.web.DoorSettings;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import city.elicence.web.vault.Vault;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One small city for all tests of this module: a real PostgreSQL, a ledger in memory, an issuer, two relying parties, and
 * the verifier service listening on a real port.
 */
final class TestCity {
    static final Vault VAULT = new Vault(Vault.newDataKey());
    static final String ID_CARD = "resident-id-card";
    static final String LICENCE = "driving-licence";
    static final String INVOICE = "medical-invoice";
    static final String CONFIRMATION = "invoice-confirmation";

    private static @Nullable TestCity shared;

    final MemoryLedger ledger;
    final LedgerSigner authority = MemoryLedger.signer("beijing", "authority");
    final LedgerSigner policeSigner = MemoryLedger.signer("beijing", "police");
    final TestIssuer police;
    final TestIssuer impostor;
    final TestIssuer hospital;
    final TestParty bank =
            TestParty.of("bank", MemoryLedger.signer("beijing", "bank").did());
    final TestParty insurer =
            TestParty.of("insurer", MemoryLedger.signer("beijing", "insurer").did());
    final SoftwareKey staffKey = SoftwareKey.generate();
    final VerifierService service;
    final TrustFollower follower;
    final Pool pool;
    final Vertx vertx = Vertx.vertx();
    final TestStatusHost statusHost;
    final Path folder;
    private final EmbeddedDatabase database;

    private TestCity() throws IOException {
        folder = Files.createTempDirectory("verifier-test");
        database = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        pool = ServiceDatabase.open(vertx, database.settings("verifier"));
        statusHost = new TestStatusHost();
        ledger = MemoryLedger.of(authority, Clock.systemUTC());
        police = new TestIssuer(TestParty.of("police", policeSigner.did()), statusHost);
        hospital = new TestIssuer(
                TestParty.of(
                        "hospital", MemoryLedger.signer("beijing", "hospital").did()),
                statusHost);
        impostor = new TestIssuer(
                TestParty.of(
                        "impostor", MemoryLedger.signer("beijing", "impostor").did()),
                statusHost);
        writeLedger();
        follower = TrustFollower.start(
                ledger, new FollowerSettings(folder.resolve("journal"), Duration.ofMillis(100)), Clock.systemUTC());
        follower.catchUp();
        service = anotherService();
        service.enrol(new Tenant("bank", bank.did(), "示例银行（测试）", "Sample bank (test)", bank.chain()));
        service.enrol(new Tenant("insurer", insurer.did(), "示例保险（测试）", "Sample insurer (test)", insurer.chain()));
    }

    /** The service, on this database and at an address of its own: the one that runs, or one that comes after it. */
    VerifierService anotherService() {
        return anotherService(pool);
    }

    /** The service, on a database that this one does not use. */
    VerifierService anotherService(Pool pool) {
        return VerifierService.start(
                vertx,
                VerifierSettings.usual(
                        DoorSettings.local("verifier", freePort()), staffKey.publicKey(), TestIssuer.TYPES_BASE, true),
                new VerifierService.Surroundings(
                        pool,
                        follower,
                        ledger,
                        name -> switch (name) {
                            case "bank" -> Optional.of(bank.key());
                            case "insurer" -> Optional.of(insurer.key());
                            default -> Optional.empty();
                        },
                        did -> List.of("bank", "insurer").stream()
                                .map(name -> MemoryLedger.signer("beijing", name))
                                .filter(signer -> signer.did().equals(did))
                                .findFirst(),
                        VAULT,
                        Clock.systemUTC()));
    }

    static synchronized TestCity city() {
        if (shared == null) {
            try {
                shared = new TestCity();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** A database of the service's own, beside the one that the running service uses. */
    Pool another(String name) {
        return ServiceDatabase.open(vertx, empty(name));
    }

    /** A database in which no migration has run yet. */
    DatabaseSettings empty(String name) {
        pool.query("create database " + name).execute().await();
        DatabaseSettings settings = database.settings("verifier");
        return new DatabaseSettings(
                settings.host(), settings.port(), name, settings.user(), settings.password(), settings.schema());
    }

    /** A bearer token of a member of staff. */
    String staff(StaffRole role) {
        return StaffToken.of("li", role, StaffToken.Use.ACCESS, Instant.now(), Duration.ofMinutes(30))
                .mint(staffKey);
    }

    /** A bearer token of a member of staff of one relying party. */
    String staffAt(String office, StaffRole role) {
        return StaffToken.of("li", role, StaffToken.Use.ACCESS, Instant.now(), Duration.ofMinutes(30))
                .at(office)
                .mint(staffKey);
    }

    TestApi api() {
        return new TestApi(service.base(), staff(StaffRole.VERIFIER));
    }

    TestApi api(String token) {
        return new TestApi(service.base(), token);
    }

    /** The body of a check by a named preset. */
    static Map<String, Object> check(String tenant, String preset) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tenant", tenant);
        body.put("check", preset);
        return body;
    }

    private void writeLedger() {
        publish(policeSigner.did(), policeSigner.verkey());
        publish(
                hospital.party().did(),
                MemoryLedger.signer("beijing", "hospital").verkey());
        for (TestParty party : List.of(bank, insurer)) {
            publish(party.did(), MemoryLedger.signer("beijing", party.name()).verkey());
        }
        for (String type : List.of(ID_CARD, LICENCE, INVOICE, CONFIRMATION)) {
            done(ledger.publishType(
                    new TypeRecord(type, 1, TestIssuer.vct(type), "x".repeat(43)),
                    java.util.Set.of("name"),
                    authority));
        }
        done(ledger.publishType(
                new TypeRecord(TestIssuer.MDL_TYPE, 1, TestIssuer.MDL, "x".repeat(43)),
                java.util.Set.of("family_name"),
                authority));
        Period open = Period.from(Instant.now().minus(Duration.ofDays(1)));
        done(ledger.accredit(
                accreditation(
                        police.party(),
                        EnumSet.of(Role.ISSUER),
                        List.of(
                                new Grant(ID_CARD, open),
                                new Grant(LICENCE, open),
                                new Grant(TestIssuer.MDL_TYPE, open)),
                        List.of()),
                authority));
        done(ledger.accredit(
                accreditation(
                        hospital.party(),
                        EnumSet.of(Role.ISSUER),
                        List.of(new Grant(INVOICE, open), new Grant(CONFIRMATION, open)),
                        List.of()),
                authority));
        done(ledger.accredit(
                accreditation(
                        bank,
                        EnumSet.of(Role.VERIFIER),
                        List.of(),
                        List.of(
                                asks(ID_CARD, open, "name", "age_over_18", "address", "nationalities[*]"),
                                asks(LICENCE, open, "may_drive_car", "name", "classes"),
                                asks(INVOICE, open, "patient_paid", "claim_secret"),
                                asks(
                                        CONFIRMATION,
                                        open,
                                        "amount",
                                        "claim_secret",
                                        "confirmation_number",
                                        "buyer_name",
                                        "due_on"),
                                new AskGrant(
                                        TestIssuer.MDL_TYPE,
                                        TestIssuer.LICENCE_AS_MDOC.elementsFor(
                                                List.of(ClaimPath.of("may_drive_car"), ClaimPath.of("age_over_18"))),
                                        open))),
                authority));
        done(ledger.accredit(
                accreditation(
                        insurer,
                        EnumSet.of(Role.VERIFIER),
                        List.of(),
                        List.of(
                                asks(LICENCE, open, "may_drive_car"),
                                asks(INVOICE, open, "patient_paid", "claim_secret"),
                                asks(CONFIRMATION, open, "amount", "claim_secret"))),
                authority));
    }

    private void publish(Did did, String verkey) {
        done(ledger.publishDid(did, verkey, LedgerRole.ENDORSER, authority));
    }

    static void done(WriteOutcome outcome) {
        if (!outcome.isDone()) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    private static AskGrant asks(String type, Period period, String... claims) {
        return new AskGrant(type, Arrays.stream(claims).map(TestCity::path).toList(), period);
    }

    private static ClaimPath path(String written) {
        return ClaimPath.parse(written);
    }

    static Accreditation accreditation(
            TestParty party, java.util.Set<Role> roles, List<Grant> issues, List<AskGrant> asks) {
        try {
            return new Accreditation(
                    party.did(),
                    new Names(party.name() + "（测试）", party.name()),
                    roles,
                    List.of(Anchor.of(party.authority())),
                    issues,
                    asks,
                    null);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
