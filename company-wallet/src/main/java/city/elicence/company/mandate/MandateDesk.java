package city.elicence.company.mandate;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.company.sign.StatusPlaces;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grants mandates, by the legal representative or by who may hand one on; takes them back; says who may do what. */
public final class MandateDesk {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String COLUMNS = "m.*, s.revoked_at";
    private static final String FROM =
            " from mandate m join status_place s on s.company = m.company and s.place = m.place where m.company = $1 ";

    private final Tables tables;
    private final Companies companies;
    private final CompanyKeys keys;
    private final StatusPlaces places;
    private final MandateWriter writer;
    private final Clock clock;

    public MandateDesk(Tables tables, Companies companies, CompanyKeys keys, StatusPlaces places, Clock clock) {
        this.tables = tables;
        this.companies = companies;
        this.keys = keys;
        this.places = places;
        this.writer = new MandateWriter(companies, ZONE);
        this.clock = clock;
    }

    /** A new mandate. The representative grants by the company's key; anybody else hands on a mandate of their own. */
    public Mandate grant(Company company, Person by, Mandate.Wish wish) {
        Person person = companies.person(company.id(), wish.person()).orElseThrow(() -> Refused.notFound("person"));
        CompanyKeys.Bound authority = by.representative()
                ? keys.company(company.id())
                : keys.card(company.id(), handedOn(company.id(), by, wish).card());
        return tables.transaction(within -> {
            int place = places.draw(within, company.id());
            MandateWriter.Written written = writer.write(
                    within,
                    company,
                    person,
                    wish,
                    authority,
                    keys.person(company.id(), person.id()),
                    places.reference(company.id(), place),
                    clock.instant());
            within.change(
                    """
                    insert into mandate (company, number, person, card, powers, limit_fen, valid_until, may_delegate,
                      granted_by, granted_at, place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                    """,
                    company.id(),
                    written.number(),
                    person.id(),
                    written.card(),
                    wish.powers().toArray(String[]::new),
                    wish.limitFen(),
                    wish.validUntil(),
                    wish.mayDelegate(),
                    by.id(),
                    clock.instant(),
                    place);
            return find(within, company.id(), written.number());
        });
    }

    /** Newest first. */
    public List<Mandate> all(String company) {
        return tables.all("select " + COLUMNS + FROM + "order by m.granted_at desc", company).stream()
                .map(MandateDesk::read)
                .toList();
    }

    /** Takes a mandate back, at once: by the representative, who granted it, or who holds it. */
    public Mandate revoke(Company company, Person by, String number) {
        Mandate mandate = find(tables, company.id(), number);
        if (!by.representative()
                && !List.of(mandate.grantedBy(), mandate.person()).contains(by.id())) {
            throw new Refused(new Refused.Reason.NotMandated("to-revoke"));
        }
        int place = tables.one("select place from mandate where company = $1 and number = $2", company.id(), number)
                .orElseThrow()
                .getInteger("place");
        if (!places.revoke(tables, company.id(), place)) {
            throw new Refused(new Refused.Reason.Conflict("revoked-before", "this mandate was revoked before"));
        }
        return find(tables, company.id(), number);
    }

    /** The mandate under which a person may do this, for that amount; refuses where there is none. */
    public Mandate require(String company, Person person, String power, @Nullable Long amountFen) {
        return held(company, person).stream()
                .filter(mandate -> mandate.allows(power, amountFen, today()))
                .findFirst()
                .orElseThrow(() -> new Refused(new Refused.Reason.NotMandated(power)));
    }

    /** That a person may do what needs no signature of their own: a representative always may. */
    public void requireRight(String company, Person person, String power) {
        boolean may = person.representative()
                || held(company, person).stream().anyMatch(mandate -> mandate.allows(power, null, today()));
        if (!may) {
            throw new Refused(new Refused.Reason.NotMandated(power));
        }
    }

    private Mandate handedOn(String company, Person by, Mandate.Wish wish) {
        return held(company, by).stream()
                .filter(Mandate::mayDelegate)
                .filter(mandate -> wish.powers().stream().allMatch(power -> mandate.allows(power, null, today())))
                .filter(mandate -> mandate.limitFen() == null
                        || (wish.limitFen() != null && wish.limitFen() <= mandate.limitFen()))
                .filter(mandate -> !wish.validUntil().isAfter(mandate.validUntil()))
                .findFirst()
                .orElseThrow(() -> new Refused(new Refused.Reason.NotMandated("to-delegate")));
    }

    private List<Mandate> held(String company, Person person) {
        return tables
                .all("select " + COLUMNS + FROM + "and m.person = $2 order by m.granted_at desc", company, person.id())
                .stream()
                .map(MandateDesk::read)
                .toList();
    }

    private static Mandate find(Tables within, String company, String number) {
        Optional<Row> row = within.one("select " + COLUMNS + FROM + "and m.number = $2", company, number);
        return read(row.orElseThrow(() -> Refused.notFound("mandate")));
    }

    private static Mandate read(Row row) {
        return new Mandate(
                row.getString("number"),
                row.getString("person"),
                row.getString("card"),
                List.of(row.getArrayOfStrings("powers")),
                row.getLong("limit_fen"),
                row.getLocalDate("valid_until"),
                row.getBoolean("may_delegate"),
                row.getString("granted_by"),
                Tables.instant(row, "granted_at"),
                Tables.optInstant(row, "revoked_at"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }
}
