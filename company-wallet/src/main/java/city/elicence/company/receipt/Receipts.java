package city.elicence.company.receipt;

import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Tables;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.company.statement.Statements;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.mandate.CompanyStatement;
import city.elicence.credentials.verify.mandate.CountersignedReceipt;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the receipt of a use, and brings it to who made the document and who received it, until they have it. */
public final class Receipts {
    private final Tables tables;
    private final CompanyKeys keys;
    private final Statements statements;
    private final Mail mail;
    private final Supplier<TrustView> trust;
    private final Clock clock;

    /**
     * @param trust what is known now of who is accredited: a countersignature is held against it
     */
    public Receipts(
            Tables tables, CompanyKeys keys, Statements statements, Mail mail, Supplier<TrustView> trust, Clock clock) {
        this.tables = tables;
        this.keys = keys;
        this.statements = statements;
        this.mail = mail;
        this.trust = trust;
        this.clock = clock;
    }

    /** Where a party takes receipts, and how they get there. */
    public interface Mail {
        /** Null where this party takes none. */
        @Nullable
        URI mailbox(String did);

        /** What was answered where it was taken; null where it was not. */
        @Nullable
        Map<String, Object> post(URI mailbox, Map<String, Object> body);
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

    /**
     * A receipt that is signed and not kept yet.
     *
     * @param id its {@code jti}
     * @param parties whom it is brought to
     * @param consent under which, or null
     */
    public record Written(
            String id,
            String signed,
            List<String> parties,
            @Nullable String consent) {
        public Written {
            parties = List.copyOf(parties);
        }

        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("signed", signed);
            json.put("parties", parties);
            if (consent != null) {
                json.put("consent", consent);
            }
            return json;
        }

        /** The opposite of {@link #toJson()}. */
        public static Written fromJson(Fields json) throws JsonException {
            return new Written(
                    json.string("id"),
                    json.string("signed"),
                    json.strings("parties"),
                    json.optString("consent").orElse(null));
        }
    }

    /** The receipt of each use, in their order. */
    public List<Written> sign(Company company, List<Use> uses) {
        if (uses.isEmpty()) {
            return List.of();
        }
        CompanyKeys.Bound bound = keys.company(company.id());
        Instant now = clock.instant();
        List<Written> receipts = new ArrayList<>();
        for (Use use : uses) {
            String id = UUID.randomUUID().toString();
            Map<String, Object> claims = claims(company, use, id, now);
            receipts.add(new Written(
                    id,
                    Mandates.sign(CompanyStatement.RECEIPT, bound.key(), bound.shown(), claims),
                    parties(use.shown()),
                    use.consent() == null ? null : use.consent().id()));
        }
        return receipts;
    }

    /** Keeps receipts with whatever else the transaction writes, and returns how many. */
    public int keep(Tables within, Company company, List<Written> receipts) {
        Map<String, String> signed = new LinkedHashMap<>();
        List<List<@Nullable Object>> deliveries = new ArrayList<>();
        for (Written receipt : receipts) {
            signed.put(receipt.id(), receipt.signed());
            for (String party : receipt.parties()) {
                if (mail.mailbox(party) != null) {
                    deliveries.add(Arrays.asList(receipt.id(), party, receipt.consent(), clock.instant()));
                }
            }
        }
        statements.keep(within, company.id(), "receipt", signed);
        within.changeAll(
                "insert into delivery (statement, party, consent, next_at) values ($1, $2, $3, $4)", deliveries);
        return signed.size();
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
                        select d.statement, d.party, d.consent, s.company, s.kind from delivery d
                        join statement s on s.id = d.statement
                        where d.delivered_at is null and d.next_at <= $1 order by d.next_at limit 100
                        """, clock.instant())
                .forEach(row -> deliver(
                        row.getString("company"),
                        new Due(
                                row.getString("statement"),
                                row.getString("kind"),
                                row.getString("party"),
                                row.getString("consent"))));
    }

    private record Due(
            String statement,
            String kind,
            String party,
            @Nullable String consent) {}

    private void deliver(String company, Due due) {
        URI mailbox = mail.mailbox(due.party());
        String signed = statements.find(company, due.statement()).signed();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(due.kind(), signed);
        if (due.consent() != null) {
            body.put("consent", statements.find(company, due.consent()).signed());
        }
        Map<String, Object> answer = mailbox == null ? null : mail.post(mailbox, body);
        Object countersigned = answer == null ? null : answer.get("countersigned");
        boolean receipt = due.kind().equals("receipt");
        if (answer == null || (receipt && countersigned instanceof String text && !isOf(signed, due.party(), text))) {
            tables.change("""
                    update delivery set tries = tries + 1, next_at = $3 + least(power(2, least(tries, 12)), 3600) * interval '1 second'
                    where statement = $1 and party = $2
                    """, due.statement(), due.party(), clock.instant());
            return;
        }
        tables.transaction(within -> {
            if (receipt && countersigned instanceof String text) {
                passOn(within, company, due, text);
            }
            return within.change(
                    "update delivery set delivered_at = $3, tries = tries + 1 where statement = $1 and party = $2",
                    due.statement(),
                    due.party(),
                    clock.instant());
        });
    }

    /** The object that came back is kept, and brought to who made the document: from then on the three hold it alike. */
    private void passOn(Tables within, String company, Due due, String countersigned) {
        String id = statements.keepCountersigned(within, company, due.statement(), countersigned);
        within.change("""
                insert into delivery (statement, party, consent, next_at)
                select $1, party, consent, $4 from delivery where statement = $2 and party <> $3
                """, id, due.statement(), due.party(), clock.instant());
    }

    /** What comes back must be this receipt, signed by who received it. */
    private boolean isOf(String receipt, String party, String countersigned) {
        try {
            CountersignedReceipt back = CountersignedReceipt.verify(countersigned, trust.get(), clock.instant());
            return back.receipt().equals(receipt)
                    && party.equals(back.statement().claims().get("verifier"));
        } catch (RefusedException refused) {
            return false;
        }
    }

    /** How often consents were used, by day and by who received: for the regulator, who learns of no company. */
    public List<Map<String, Object>> consentsUsed() {
        List<Map<String, Object>> counts = new ArrayList<>();
        tables.all("""
                        select c.verifier, to_char(s.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) as n
                        from delivery d join statement s on s.id = d.statement and s.kind = 'receipt'
                        join consent c on c.id = d.consent and c.verifier = d.party
                        group by 1, 2 order by 2 desc, 1 limit 10000
                        """).forEach(row -> {
            Map<String, Object> count = new LinkedHashMap<>();
            count.put("verifier", row.getString("verifier"));
            count.put("day", row.getString("day"));
            count.put("count", row.getLong("n"));
            counts.add(count);
        });
        return counts;
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
