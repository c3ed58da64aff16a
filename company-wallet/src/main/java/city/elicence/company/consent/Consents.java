package city.elicence.company.consent;

import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.company.sign.StatusPlaces;
import city.elicence.company.statement.Statements;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.verify.mandate.CompanyStatement;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.wallet.authorise.StandingConsent;
import city.elicence.wallet.present.Consent;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The standing consents of companies. Each is signed by the company's own key and has a place in its status list. */
public final class Consents {
    private final Tables tables;
    private final Vault vault;
    private final CompanyKeys keys;
    private final StatusPlaces places;
    private final Statements statements;
    private final Clock clock;

    public Consents(
            Tables tables, Vault vault, CompanyKeys keys, StatusPlaces places, Statements statements, Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.keys = keys;
        this.places = places;
        this.statements = statements;
        this.clock = clock;
    }

    /** Gives a word from now on. */
    public Given give(Company company, Person by, Given.Wish wish) {
        Instant now = clock.instant();
        if (!now.isBefore(wish.until())) {
            throw Refused.malformed("until: expected a time to come");
        }
        CompanyKeys.Bound bound = keys.company(company.id());
        String id = UUID.randomUUID().toString();
        return tables.transaction(within -> {
            int place = places.draw(within, company.id());
            Map<String, Object> claims = new LinkedHashMap<>();
            claims.put("jti", id);
            claims.put("iat", now.getEpochSecond());
            claims.put("exp", wish.until().getEpochSecond());
            claims.put("unified_code", company.unifiedCode());
            claims.put("company_name", company.zh());
            claims.put("verifier", wish.verifier());
            claims.put("vct", wish.type());
            claims.put("claims", wish.claims().stream().map(ClaimPath::toJson).collect(Collectors.toList()));
            claims.put("purpose", wish.purpose());
            claims.put("uses", (long) wish.uses());
            claims.put("status", places.reference(company.id(), place).toClaim());
            String signed = Mandates.sign(CompanyStatement.CONSENT, bound.key(), bound.shown(), claims);
            within.change(
                    """
                    insert into consent (id, company, verifier, type, claims, purpose, reference, from_at, until_at, uses,
                      given_by, place, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    """,
                    id,
                    company.id(),
                    wish.verifier(),
                    wish.type(),
                    wish.claims().stream().map(ClaimPath::toString).toArray(String[]::new),
                    wish.purpose(),
                    wish.reference() == null ? null : vault.seal(place(id, "reference"), wish.reference()),
                    now,
                    wish.until(),
                    wish.uses(),
                    by.id(),
                    place,
                    vault.seal(place(id, "signed"), signed));
            statements.keep(within, company.id(), id, "consent", signed);
            return find(within, company.id(), id);
        });
    }

    /** Newest first, those withdrawn or ended included. */
    public List<Given> all(String company) {
        return tables.all("select * from consent where company = $1 order by from_at desc limit 500", company).stream()
                .map(this::read)
                .toList();
    }

    public Given find(String company, String id) {
        return find(tables, company, id);
    }

    /** Takes a word back: from the moment this returns it covers nothing, and the company's status list says so. */
    public Given withdraw(String company, String id) {
        tables.transaction(within -> {
            Row row = within.one(
                            "update consent set withdrawn_at = $3 where company = $1 and id = $2 and withdrawn_at is null returning place",
                            company,
                            id,
                            clock.instant())
                    .orElseThrow(() -> Refused.notFound("consent in force"));
            return places.revoke(within, company, row.getInteger("place"));
        });
        return find(tables, company, id);
    }

    /** Those that cover all that this request would disclose, in the order in which they are used up. */
    public List<Given> covering(String company, Consent request) {
        @Nullable String verifier = request.verifier().did();
        List<Given> covering = new ArrayList<>();
        if (verifier == null) {
            return covering;
        }
        for (Given given : inForce(company, verifier)) {
            StandingConsent word = new StandingConsent(
                    given.id(),
                    given.verifier(),
                    given.type(),
                    given.claims(),
                    given.purpose(),
                    given.from(),
                    given.until());
            if (given.reference() == null && word.covers(request, clock.instant())) {
                covering.add(given);
            }
        }
        return covering;
    }

    /** Those under which a verifier may see something now. The order says which is used up first. */
    public List<Given> inForce(String company, String verifier) {
        return tables.all("""
                        select * from consent where company = $1 and verifier = $2 and withdrawn_at is null
                          and until_at > $3 and used < uses order by until_at, id
                        """, company, verifier, clock.instant()).stream()
                .map(this::read)
                .toList();
    }

    /**
     * Counts one use of each that has one left, and returns those: atomic, so that two at once cannot both have the last. Within a
     * transaction the count stands or falls with what else is written there; the rows are locked in one order, so that none waits for
     * another that waits for it.
     */
    public Set<String> take(Tables within, Set<String> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return within.all("""
                        with good as (
                          select id from consent
                          where id = any($1) and used < uses and withdrawn_at is null and until_at > $2 order by id for update)
                        update consent set used = used + 1 from good where consent.id = good.id returning consent.id
                        """, ids.toArray(String[]::new), clock.instant()).stream()
                .map(row -> row.getString("id"))
                .collect(Collectors.toSet());
    }

    private Given find(Tables within, String company, String id) {
        return within.one("select * from consent where company = $1 and id = $2", company, id)
                .map(this::read)
                .orElseThrow(() -> Refused.notFound("consent"));
    }

    private Given read(Row row) {
        String id = row.getString("id");
        Set<ClaimPath> claims = new LinkedHashSet<>();
        for (String claim : row.getArrayOfStrings("claims")) {
            claims.add(ClaimPath.parse(claim));
        }
        return new Given(
                id,
                row.getString("verifier"),
                row.getString("type"),
                claims,
                row.getString("purpose"),
                row.getBuffer("reference") == null
                        ? null
                        : vault.open(place(id, "reference"), Tables.bytes(row, "reference")),
                Tables.instant(row, "from_at"),
                Tables.instant(row, "until_at"),
                row.getInteger("uses"),
                row.getInteger("used"),
                row.getString("given_by"),
                vault.open(place(id, "signed"), Tables.bytes(row, "sealed")),
                Tables.optInstant(row, "withdrawn_at"));
    }

    private static String place(String id, String what) {
        return "consent/" + id + '/' + what;
    }
}
