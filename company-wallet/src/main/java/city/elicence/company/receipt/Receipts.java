package city.elicence.company.receipt;

import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Tables;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.company.statement.Statements;
import city.elicence.credentials.verify.mandate.CompanyStatement;
import city.elicence.credentials.verify.mandate.Mandates;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the receipt of a use, and brings it to who made the document and who received it, until they have it. */
public final class Receipts {
    private final Tables tables;
    private final CompanyKeys keys;
    private final Statements statements;
    private final Mail mail;
    private final Clock clock;

    public Receipts(Tables tables, CompanyKeys keys, Statements statements, Mail mail, Clock clock) {
        this.tables = tables;
        this.keys = keys;
        this.statements = statements;
        this.mail = mail;
        this.clock = clock;
    }

    /** Where a party takes receipts, and how they get there. */
    public interface Mail {
        /** Null where this party takes none. */
        @Nullable
        URI mailbox(String did);

        /** Whether it was taken. */
        boolean post(URI mailbox, Map<String, Object> body);
    }

    /**
     * What was shown.
     *
     * @param issuer who made the document: a DID, or null for a stranger
     * @param verifier who received it
     * @param type the {@code vct}
     * @param fields the claims, as paths
     * @param digest SHA-256 of the issuer-signed JWT, base64url: which document it was, to who has it
     */
    public record Shown(
            @Nullable String issuer,
            String verifier,
            String verifierName,
            String type,
            List<String> fields,
            String digest) {}

    /**
     * One document that was shown.
     *
     * @param consent under which, or null
     * @param approvedBy who agreed to it, or null
     */
    public record Use(
            Shown shown, @Nullable Given consent, @Nullable String approvedBy) {}

    /** Leaves a receipt of each use, all of them or none. */
    public void write(Company company, List<Use> uses) {
        if (uses.isEmpty()) {
            return;
        }
        CompanyKeys.Bound bound = keys.company(company.id());
        Instant now = clock.instant();
        Map<String, String> signed = new LinkedHashMap<>();
        List<List<@Nullable Object>> deliveries = new ArrayList<>();
        for (Use use : uses) {
            String id = UUID.randomUUID().toString();
            Given consent = use.consent();
            signed.put(
                    id,
                    Mandates.sign(CompanyStatement.RECEIPT, bound.key(), bound.shown(), claims(company, use, id, now)));
            for (String party : parties(use.shown())) {
                if (mail.mailbox(party) != null) {
                    deliveries.add(Arrays.asList(id, party, consent == null ? null : consent.id(), now));
                }
            }
        }
        tables.transaction(within -> {
            statements.keep(within, company.id(), "receipt", signed);
            within.changeAll(
                    "insert into delivery (statement, party, consent, next_at) values ($1, $2, $3, $4)", deliveries);
            return signed.size();
        });
    }

    private static Map<String, Object> claims(Company company, Use use, String id, Instant now) {
        Shown shown = use.shown();
        Given consent = use.consent();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", id);
        claims.put("iat", now.getEpochSecond());
        claims.put("unified_code", company.unifiedCode());
        claims.put("company_name", company.zh());
        claims.put("verifier", shown.verifier());
        claims.put("verifier_name", shown.verifierName());
        if (shown.issuer() != null) {
            claims.put("issuer", shown.issuer());
        }
        claims.put("vct", shown.type());
        claims.put("fields", shown.fields());
        claims.put("document", shown.digest());
        if (consent != null) {
            claims.put("consent", consent.id());
            claims.put("purpose", consent.purpose());
            claims.put("until", consent.until().getEpochSecond());
        }
        if (use.approvedBy() != null) {
            claims.put("approved_by", use.approvedBy());
        }
        return claims;
    }

    /** Brings what is due; what fails is tried again later, each time after a longer while. */
    public void deliver() {
        tables.all("""
                        select d.statement, d.party, d.consent, s.company from delivery d
                        join statement s on s.id = d.statement
                        where d.delivered_at is null and d.next_at <= $1 order by d.next_at limit 100
                        """, clock.instant())
                .forEach(row -> deliver(
                        row.getString("company"),
                        row.getString("statement"),
                        row.getString("party"),
                        row.getString("consent")));
    }

    private void deliver(String company, String statement, String party, @Nullable String consent) {
        URI mailbox = mail.mailbox(party);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("receipt", statements.find(company, statement).signed());
        if (consent != null) {
            body.put("consent", statements.find(company, consent).signed());
        }
        if (mailbox != null && mail.post(mailbox, body)) {
            tables.change(
                    "update delivery set delivered_at = $3, tries = tries + 1 where statement = $1 and party = $2",
                    statement,
                    party,
                    clock.instant());
        } else {
            tables.change("""
                    update delivery set tries = tries + 1, next_at = $3 + least(power(2, tries), 3600) * interval '1 second'
                    where statement = $1 and party = $2
                    """, statement, party, clock.instant());
        }
    }

    private static List<String> parties(Shown shown) {
        List<String> parties = new ArrayList<>();
        if (shown.verifier().startsWith("did:")) {
            parties.add(shown.verifier());
        }
        if (shown.issuer() != null && !parties.contains(shown.issuer())) {
            parties.add(shown.issuer());
        }
        return parties;
    }
}
