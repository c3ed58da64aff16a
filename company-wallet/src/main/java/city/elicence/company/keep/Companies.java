package city.elicence.company.keep;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.StoredKeys;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The companies of this service, the people who sign in for them, and the wallet of each. */
public final class Companies {
    private final Tables tables;
    private final Vault vault;
    private final Supplier<TrustView> trust;
    private final Clock clock;
    private final Map<String, Wallet> wallets = new ConcurrentHashMap<>();

    public Companies(Tables tables, Vault vault, Supplier<TrustView> trust, Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.trust = trust;
        this.clock = clock;
    }

    /** Takes a company in, or learns its new names. */
    public void enrol(Company company) {
        tables.change("""
                insert into company (id, name_zh, name_en, unified_code, created_at) values ($1, $2, $3, $4, $5)
                on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
                  unified_code = excluded.unified_code
                """, company.id(), company.zh(), company.en(), company.unifiedCode(), clock.instant());
    }

    public Optional<Company> find(String id) {
        return tables.one("select id, name_zh, name_en, unified_code from company where id = $1", id)
                .map(row -> new Company(
                        row.getString("id"),
                        row.getString("name_zh"),
                        row.getString("name_en"),
                        row.getString("unified_code")));
    }

    /** Lets somebody sign in for a company; who is no representative may do what a mandate says, and no more. */
    public void admit(String company, Person person) {
        Map<String, Object> known = Map.of("name", person.name(), "id_number", person.idNumber());
        tables.change(
                """
                insert into person (company, id, sealed, representative) values ($1, $2, $3, $4)
                on conflict (company, id) do update set sealed = excluded.sealed,
                  representative = excluded.representative
                """,
                company,
                person.id(),
                vault.seal(place(company, person.id()), Json.write(known)),
                person.representative());
    }

    public List<Person> people(String company) {
        return tables
                .all("select id, sealed, representative from person where company = $1 order by id", company)
                .stream()
                .map(row -> person(company, row))
                .toList();
    }

    public Optional<Person> person(String company, String id) {
        return tables.one("select id, sealed, representative from person where company = $1 and id = $2", company, id)
                .map(row -> person(company, row));
    }

    /** The company's wallet; one for each company and process. */
    public Wallet wallet(String company) {
        return wallets.computeIfAbsent(company, this::open);
    }

    /** The company's sealed records. */
    public SealedStore store(String company) {
        return store(tables, company);
    }

    /** The same within a transaction. */
    public SealedStore store(Tables within, String company) {
        return new SealedStore(within, vault, company);
    }

    /** A company has nothing to hide from who deals with it by many copies: one is enough. */
    private Wallet open(String company) {
        SealedStore store = store(company);
        return new Wallet(WalletParts.of(new StoredKeys(store), store, trust)
                .withClock(clock)
                .withCopies(1)
                .understanding(Set.of(Mandates.ACT)));
    }

    private Person person(String company, Row row) {
        String id = row.getString("id");
        try {
            Fields known = Fields.parse(vault.open(place(company, id), Tables.bytes(row, "sealed")));
            return new Person(id, known.string("name"), known.string("id_number"), row.getBoolean("representative"));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a person's row cannot be read", unreadable);
        }
    }

    private static String place(String company, String person) {
        return "person/" + company + '/' + person;
    }
}
