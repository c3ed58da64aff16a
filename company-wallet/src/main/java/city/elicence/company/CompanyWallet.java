package city.elicence.company;

import city.elicence.company.consent.Consents;
import city.elicence.company.dossier.Dossier;
import city.elicence.company.dossier.DossierDesk;
import city.elicence.company.dossier.DossierQuery;
import city.elicence.company.http.AuthorityRoutes;
import city.elicence.company.http.CompanyRoutes;
import city.elicence.company.http.DossierRoutes;
import city.elicence.company.http.OversightRoutes;
import city.elicence.company.http.PhoneRoutes;
import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.SealedStore;
import city.elicence.company.keep.Tables;
import city.elicence.company.mandate.MandateDesk;
import city.elicence.company.phone.Phones;
import city.elicence.company.receipt.Receipts;
import city.elicence.company.request.Disclosures;
import city.elicence.company.request.Inbox;
import city.elicence.company.request.Sending;
import city.elicence.company.request.Signatures;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.company.sign.StatusPlaces;
import city.elicence.company.statement.LogHeads;
import city.elicence.company.statement.Statements;
import city.elicence.credentials.trust.TrustView;
import city.elicence.wallet.Wallet;
import city.elicence.web.HttpDoor;
import city.elicence.web.StaffDoor;
import city.elicence.web.vault.Vault;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The service: wallets of many companies behind one door. */
public final class CompanyWallet implements AutoCloseable {
    private final Companies companies;
    private final CompanyRoutes routes;
    private final AuthorityRoutes authority;
    private final Statements statements;
    private final Receipts receipts;
    private final Consents consents;
    private final Dossier dossier;
    private final HttpDoor door;
    private final Background background;

    private CompanyWallet(Vertx vertx, CompanySettings settings, Surroundings around) {
        Clock clock = around.clock();
        Tables tables = new Tables(around.pool());
        Vault vault = new Vault(settings.dataKey().octets());
        this.companies = new Companies(tables, vault, around.trust(), clock);
        CompanyKeys keys = new CompanyKeys(companies);
        StatusPlaces places = new StatusPlaces(tables, keys, this::base, clock);
        this.statements = new Statements(tables, vault, around.heads(), settings.log(), clock);
        this.receipts = new Receipts(tables, keys, statements, around.mail(), around.trust(), clock);
        MandateDesk mandates = new MandateDesk(tables, companies, keys, places, clock);
        this.consents = new Consents(tables, vault, keys, places, statements, clock);
        this.dossier = new Dossier(tables, vault, companies, clock);
        Inbox inbox = new Inbox(
                tables,
                vault,
                companies,
                consents,
                new Signatures(tables, mandates, keys, clock),
                new Disclosures(receipts, keys),
                new Sending(tables, vault, receipts, consents, clock),
                clock);
        StaffDoor staff = new StaffDoor(
                "company",
                settings.staffKey(),
                around.pool(),
                clock,
                settings.door().tls() != null);
        this.authority = new AuthorityRoutes(mandates, consents, statements, places);
        this.routes = new CompanyRoutes(
                staff,
                companies,
                inbox,
                authority,
                new DossierRoutes(
                        companies,
                        dossier,
                        new DossierDesk(tables, dossier, consents, receipts, clock),
                        new DossierQuery(around.trust(), clock),
                        this::base),
                new OversightRoutes(statements, receipts),
                new PhoneRoutes(companies, new Phones(tables, vault, companies, clock), inbox, this::base));
        this.door = HttpDoor.open(vertx, settings.door(), routes::addTo);
        this.background = new Background(statements::publish, receipts::deliver, inbox::findOut);
    }

    /**
     * What stands around the service.
     *
     * @param pool its schema is {@code company}
     * @param trust what wallets know now of who is accredited
     * @param heads brings the heads of this service's log to the ledger
     * @param mail brings receipts to the other parties
     */
    public record Surroundings(Pool pool, Supplier<TrustView> trust, LogHeads heads, Receipts.Mail mail, Clock clock) {}

    /** Starts the service and returns once it listens. */
    public static CompanyWallet start(Vertx vertx, CompanySettings settings, Surroundings around) {
        return new CompanyWallet(vertx, settings, around);
    }

    public URI base() {
        return door.base();
    }

    /** Takes a company in, with the people who sign in for it. */
    public void enrol(Company company, List<Person> people) {
        companies.enrol(company);
        people.forEach(person -> companies.admit(company.id(), person));
    }

    /** The wallet of a company that was enrolled. */
    public Wallet wallet(String company) {
        return companies.wallet(company);
    }

    /** The documents of all companies. */
    public Dossier dossier() {
        return dossier;
    }

    /** The standing consents of all companies. */
    public Consents consents() {
        return consents;
    }

    /** A company's sealed records. */
    public SealedStore store(String company) {
        return companies.store(company);
    }

    /** Method and path of each route, as {@code /openapi.json} writes them. */
    public Set<String> described() {
        return routes.described();
    }

    @Override
    public void close() {
        background.close();
        door.close();
        routes.close();
        authority.close();
    }
}
