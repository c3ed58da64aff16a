package city.elicence.company;

import city.elicence.company.http.CompanyRoutes;
import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Tables;
import city.elicence.company.request.Inbox;
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
    private final HttpDoor door;

    private CompanyWallet(Vertx vertx, CompanySettings settings, Pool pool, Supplier<TrustView> trust, Clock clock) {
        Tables tables = new Tables(pool);
        Vault vault = new Vault(settings.dataKey().octets());
        this.companies = new Companies(tables, vault, trust, clock);
        StaffDoor staff = new StaffDoor(
                "company", settings.staffKey(), pool, clock, settings.door().tls() != null);
        this.routes = new CompanyRoutes(staff, companies, new Inbox(tables, vault, companies, clock));
        this.door = HttpDoor.open(vertx, settings.door(), routes::addTo);
    }

    /** Starts the service and returns once it listens. The pool's schema is {@code company}. */
    public static CompanyWallet start(
            Vertx vertx, CompanySettings settings, Pool pool, Supplier<TrustView> trust, Clock clock) {
        return new CompanyWallet(vertx, settings, pool, trust, clock);
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

    /** Method and path of each route, as {@code /openapi.json} writes them. */
    public Set<String> described() {
        return routes.described();
    }

    @Override
    public void close() {
        door.close();
        routes.close();
    }
}
