package city.elicence.verifier.receipt;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.mandate.CompanyStatement;
import city.elicence.credentials.verify.mandate.CountersignedReceipt;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.trust.CurrentTrust;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the receipts that concern a party, each signed by the company that it is of, and says how each consent stands now. */
public final class ReceiptDesk {
    private static final int MOST_LISTED = 200;

    private final Pool pool;
    private final ShownDocuments shown;
    private final SigningKeys keys;
    private final CurrentTrust trust;
    private final Clock clock;

    public ReceiptDesk(Pool pool, ShownDocuments shown, SigningKeys keys, CurrentTrust trust, Clock clock) {
        this.pool = pool;
        this.shown = shown;
        this.keys = keys;
        this.trust = trust;
        this.clock = clock;
    }

    /**
     * What came of a receipt.
     *
     * @param countersigned the receipt with this party's signature; null where this party did not receive, or not yet
     * @param awaited whether this party is to sign, and was not shown yet what the receipt says
     */
    record Taken(@Nullable String countersigned, boolean awaited) {}

    /** Keeps a receipt; one that is here already changes nothing. Who received what it says signs it too, once. */
    Taken take(Tenant tenant, String receipt, @Nullable String consent) throws RefusedException {
        TrustView view = trust.view();
        Instant now = clock.instant();
        CompanyStatement used = CompanyStatement.verify(receipt, CompanyStatement.RECEIPT, view, now);
        requireAbout(tenant, used, consent, view, now);
        String id = String.valueOf(used.claims().get("jti"));
        boolean received = tenant.did().value().equals(used.claims().get("verifier"));
        String countersigned = ServiceDatabase.transaction(pool, within -> {
            keep(within, tenant, id, receipt, consent, now);
            return received ? countersigned(within, tenant, id, receipt, used, now) : null;
        });
        return new Taken(countersigned, received && countersigned == null);
    }

    /** Keeps, at who made the document, the object that company and receiver have. */
    void takeCountersigned(Tenant tenant, String countersigned, @Nullable String consent) throws RefusedException {
        TrustView view = trust.view();
        Instant now = clock.instant();
        CountersignedReceipt both = CountersignedReceipt.verify(countersigned, view, now);
        requireAbout(tenant, both.statement(), consent, view, now);
        String id = String.valueOf(both.statement().claims().get("jti"));
        ServiceDatabase.transaction(pool, within -> {
            keep(within, tenant, id, both.receipt(), consent, now);
            return within.preparedQuery("""
                            update disclosure_receipt set countersigned = $4
                            where tenant = $1 and id = $2 and receipt = $3 and countersigned is null""")
                    .execute(Tuple.of(tenant.name(), id, both.receipt(), countersigned))
                    .await();
        });
    }

    private static void requireAbout(
            Tenant tenant, CompanyStatement used, @Nullable String consent, TrustView view, Instant now)
            throws RefusedException {
        Map<String, Object> claims = used.claims();
        String me = tenant.did().value();
        if (!me.equals(claims.get("verifier")) && !me.equals(claims.get("issuer"))) {
            throw new RefusedException(Refusal.WRONG_AUDIENCE, "expected a receipt that names " + me);
        }
        if (consent != null) {
            requireSame(used, CompanyStatement.verify(consent, CompanyStatement.CONSENT, view, now));
        } else if (claims.get("consent") != null) {
            throw new RefusedException(Refusal.MALFORMED, "consent: expected beside the receipt of its use");
        }
    }

    private static void keep(
            SqlConnection within, Tenant tenant, String id, String receipt, @Nullable String consent, Instant now) {
        within.preparedQuery("""
                        insert into disclosure_receipt (tenant, id, receipt, consent, received_at)
                        values ($1, $2, $3, $4, $5) on conflict do nothing""")
                .execute(Tuple.of(tenant.name(), id, receipt, consent, now.atOffset(ZoneOffset.UTC)))
                .await();
    }

    /** Signed once: whoever asks again is given the same object. */
    private @Nullable String countersigned(
            SqlConnection within, Tenant tenant, String id, String receipt, CompanyStatement used, Instant now) {
        Row row = within.preparedQuery("""
                        select receipt, countersigned from disclosure_receipt where tenant = $1 and id = $2 for update""")
                .execute(Tuple.of(tenant.name(), id))
                .await()
                .iterator()
                .next();
        if (!receipt.equals(row.getString("receipt"))) {
            return null;
        }
        if (row.getString("countersigned") != null) {
            return row.getString("countersigned");
        }
        String document = String.valueOf(used.claims().get("document"));
        if (!shown.take(within, tenant.name(), document, fields(used), id)) {
            return null;
        }
        String countersigned = CountersignedReceipt.sign(
                receipt, now, tenant.chain(), keys.of(tenant.name()).orElseThrow());
        within.preparedQuery("update disclosure_receipt set countersigned = $3 where tenant = $1 and id = $2")
                .execute(Tuple.of(tenant.name(), id, countersigned))
                .await();
        return countersigned;
    }

    private static List<String> fields(CompanyStatement used) {
        try {
            return Fields.of(used.claims()).strings("fields");
        } catch (JsonException unreadable) {
            return List.of();
        }
    }

    /** The use must be within the consent: same company, verifier, type, and no field more. */
    private static void requireSame(CompanyStatement used, CompanyStatement consent) throws RefusedException {
        Map<String, Object> use = used.claims();
        Map<String, Object> given = consent.claims();
        boolean same = String.valueOf(given.get("jti")).equals(use.get("consent"))
                && used.mandator().unifiedCode().equals(consent.mandator().unifiedCode())
                && String.valueOf(given.get("verifier")).equals(use.get("verifier"))
                && String.valueOf(given.get("vct")).equals(use.get("vct"))
                && String.valueOf(given.get("purpose")).equals(use.get("purpose"));
        if (!same) {
            throw new RefusedException(Refusal.MALFORMED, "consent: expected the one that the receipt names");
        }
    }

    /** Newest first: what was shown to this party or made by it, what for, until when; and how the consent stands now. */
    List<Map<String, Object>> all(Tenant tenant) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Row row : pool.preparedQuery("""
                        select receipt, consent, received_at, countersigned from disclosure_receipt
                        where tenant = $1 order by received_at desc limit $2""")
                .execute(Tuple.of(tenant.name(), MOST_LISTED))
                .await()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(
                    "received_at",
                    row.getOffsetDateTime("received_at").toInstant().toString());
            json.put("receipt", row.getString("receipt"));
            if (row.getString("countersigned") != null) {
                json.put("countersigned", row.getString("countersigned"));
            }
            String consent = row.getString("consent");
            json.put("consent_state", consent == null ? "none" : state(consent));
            if (consent != null) {
                json.put("consent", consent);
            }
            all.add(json);
        }
        return all;
    }

    /** By the company's own status list, asked now. */
    private String state(String signed) {
        Instant now = clock.instant();
        try {
            CompanyStatement consent = CompanyStatement.verify(signed, CompanyStatement.CONSENT, trust.view(), now);
            StatusReference place =
                    StatusReference.fromClaim(Fields.of(consent.claims()).object("status"));
            boolean known = consent.requireInForce(trust.companyList(place.uri()), now) != null;
            return known ? "in-force" : "unknown";
        } catch (RefusedException refused) {
            return switch (refused.refusal()) {
                case MANDATE_REVOKED -> "withdrawn";
                case EXPIRED -> "ended";
                default -> "unknown";
            };
        } catch (JsonException | StatusException unreadable) {
            return "unknown";
        }
    }
}
