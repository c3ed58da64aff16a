package city.elicence.city.bench;

import city.elicence.city.run.FastCrypto;
import city.elicence.city.setup.Ceremony;
import city.elicence.city.setup.CityFolder;
import city.elicence.city.setup.Party;
import city.elicence.company.CompanySettings;
import city.elicence.company.CompanyWallet;
import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.web.DoorSettings;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many documents of many companies in one company-wallet database, and questions by reference: signed by a bank, over HTTP, answered
 * with presentations of all six documents of a consignment and a receipt of each.
 */
public final class DossierBench {
    private final PrintStream out;

    public DossierBench(PrintStream out) {
        this.out = out;
    }

    /** How much. */
    public record Size(long documents, int companies, int queries) {
        public Size {
            if (documents < 6 || documents > 10_000_000 || companies < 1 || companies > 1_000 || queries < 10) {
                throw new IllegalArgumentException(
                        "expected 6 to 10,000,000 documents, 1 to 1,000 companies, 10 queries or more");
            }
        }
    }

    /** What came of it. */
    public record Measured(long documents, Duration load, Duration median, Duration p99, Duration longest) {}

    /** Fills a database in a folder of its own, which must be empty, and asks. */
    public Measured run(Path data, Size size) throws IOException, GeneralSecurityException, SQLException {
        FastCrypto.install();
        CityFolder folder = CityFolder.at(data);
        Ceremony ceremony = new Ceremony(folder, Ceremony.NAMESPACE, Instant.now());
        List<Party> parties = ceremony.parties(URI.create("http://localhost"), Set.of());
        Vertx vertx = Vertx.vertx();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.database(), 0)) {
            DatabaseSettings settings = database.settings("company");
            Pool pool = ServiceDatabase.open(vertx, settings);
            try (CompanyWallet wallet = wallet(vertx, pool, ceremony, parties)) {
                return measure(data, wallet, settings, parties, size);
            } finally {
                pool.close().toCompletionStage().toCompletableFuture().join();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Measured measure(Path data, CompanyWallet wallet, DatabaseSettings settings, List<Party> parties, Size size)
            throws IOException, SQLException {
        Party bank = party(parties, "bank");
        MadeDocuments made = new MadeDocuments(party(parties, "market-regulator"), party(parties, "airline"));
        List<Company> companies = new ArrayList<>();
        Map<String, SoftwareKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < size.companies(); i++) {
            Company company = new Company("bench-" + i, "测试企业" + i, "Bench company " + i, "BENCH%013d".formatted(i));
            Person person = new Person("boss", "测试", "0", true);
            wallet.enrol(company, List.of(person));
            keys.put(company.id(), made.licence(wallet.store(company.id()), company));
            for (String type : MadeDocuments.TYPES) {
                Given.Wish wish = new Given.Wish(
                        bank.did().value(),
                        MadeDocuments.vct(type),
                        Set.of(ClaimPath.of("pieces"), ClaimPath.of("state")),
                        "bench",
                        null,
                        Instant.now().plus(Duration.ofDays(1)),
                        1_000_000);
                wallet.consents().give(company, person, wish);
            }
            companies.add(company);
        }
        out.println(
                size.companies() + " companies, each with a licence and " + MadeDocuments.TYPES.size() + " consents");
        long begun = System.nanoTime();
        long loaded = new BulkLoad(wallet.dossier(), settings, made, companies, keys, out).run(size.documents());
        Duration load = Duration.ofNanos(System.nanoTime() - begun);
        out.println(loaded + " documents loaded in " + load.toSeconds() + " s");
        Questions questions = new Questions(wallet.base(), bank, companies, loaded / MadeDocuments.TYPES.size());
        questions.ask(size.queries());
        List<Long> nanos = questions.ask(size.queries());
        Measured measured = new Measured(
                loaded,
                load,
                Duration.ofNanos(nanos.get(nanos.size() / 2)),
                Duration.ofNanos(nanos.get((int) (nanos.size() * 0.99))),
                Duration.ofNanos(nanos.getLast()));
        out.printf(
                "%d questions by reference among %d documents: median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                nanos.size(),
                loaded,
                measured.median().toNanos() / 1e6,
                measured.p99().toNanos() / 1e6,
                measured.longest().toNanos() / 1e6);
        new DiskFloor(data, out).measure(size.queries());
        return measured;
    }

    private static CompanyWallet wallet(Vertx vertx, Pool pool, Ceremony ceremony, List<Party> parties)
            throws IOException {
        List<Accreditation> accreditations = new ArrayList<>();
        for (Party party : parties) {
            accreditations.add(new Accreditation(
                    party.did(), party.names(), Set.of(Role.VERIFIER), party.anchors(), List.of(), List.of(), null));
        }
        TrustSnapshot trust =
                TrustSnapshot.asOf(Instant.now()).accreditations(accreditations).build();
        return CompanyWallet.start(
                vertx,
                new CompanySettings(
                        DoorSettings.local("company wallet", 0),
                        ceremony.staffKey().publicKey(),
                        new CompanySettings.DataKey(ceremony.companyDataKey()),
                        party(parties, "wallet-provider").did()),
                new CompanyWallet.Surroundings(pool, () -> trust, head -> true, new NoMail(), Clock.systemUTC()));
    }

    private static Party party(List<Party> parties, String id) {
        return parties.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    /** Nobody is there to take receipts: they are written, logged, and stay. */
    private static final class NoMail implements city.elicence.company.receipt.Receipts.Mail {
        @Override
        public @Nullable URI mailbox(String did) {
            return null;
        }

        @Override
        public @Nullable Map<String, Object> post(URI mailbox, Map<String, Object> body) {
            return null;
        }
    }
}
