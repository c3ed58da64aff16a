package city.elicence.issuer.anchor;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Base64Url;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The authority's signed word on what became of a licence: since when, in which status token it was first said, and with which
 * transaction the ledger had that token's head or a later one's. Staff get it for a licence with all its copies; whoever has a
 * copy (they know its digest) gets it for that copy alone, so that copies of one licence cannot be matched by it.
 */
public final class RevocationReceipts {
    /** The header {@code typ}. */
    public static final String TYPE = "elicence-status-receipt+jwt";

    private final Store store;
    private final Addresses addresses;

    public RevocationReceipts(Store store, Addresses addresses) {
        this.store = store;
        this.addresses = addresses;
    }

    /** For staff: every copy, and the licence whose birth was the reason. */
    public String ofLicence(Tenant tenant, String licence, Instant now) {
        return receipt(tenant, licence, null, now);
    }

    /** For who has a copy: the SHA-256 of its issuer-signed JWT. */
    public String ofCopy(Tenant tenant, byte[] jwtDigest, Instant now) {
        Row copy = store.direct()
                .one(
                        "select licence_id, list, slot from copy where tenant = $1 and signed_digest = $2",
                        tenant.id(),
                        jwtDigest)
                .orElseThrow(RevocationReceipts::nothing);
        return receipt(tenant, copy.getString("licence_id"), copy, now);
    }

    private String receipt(Tenant tenant, String licence, @Nullable Row copy, Instant now) {
        Row row = store.direct()
                .one(
                        "select state, changed_at, because from licence where id = $1 and tenant = $2",
                        licence,
                        tenant.id())
                .orElseThrow(RevocationReceipts::nothing);
        List<Map<String, Object>> said = new ArrayList<>();
        for (Row change : store.direct().all("""
                select distinct on (c.list) c.*, h.version as head, h.digest as head_digest, h.seq_no
                from status_change c
                left join lateral (select version, digest, seq_no from status_head s where s.tenant = c.tenant
                    and s.list = c.list and s.version >= extract(epoch from c.token_at) order by version limit 1) h on true
                where c.licence_id = $1 and ($2::int is null or c.list = $2)
                order by c.list, c.id desc
                """, licence, copy == null ? null : copy.getInteger("list"))) {
            said.add(entry(tenant, change, copy));
        }
        if (said.isEmpty()) {
            throw nothing();
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", addresses.issuer(tenant.id()));
        claims.put("did", tenant.did());
        claims.put("iat", now.getEpochSecond());
        claims.put("state", row.getString("state").toLowerCase(Locale.ROOT));
        claims.put("changed_at", Rows.instant(row, "changed_at").toString());
        String because = row.getString("because");
        claims.put("succeeded", because != null && row.getString("state").equals("REVOKED"));
        if (copy == null) {
            claims.put("licence", licence);
            if (because != null) {
                claims.put("because", because);
            }
        }
        claims.put("said", said);
        return Jws.sign(Map.of("typ", TYPE, "x5c", tenant.chain().toX5c()), claims, tenant.key());
    }

    private Map<String, Object> entry(Tenant tenant, Row change, @Nullable Row copy) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("list", addresses.statusList(tenant.id(), change.getInteger("list")));
        List<Long> slots = new ArrayList<>();
        for (Integer slot : change.getArrayOfIntegers("slots")) {
            if (copy == null || slot.equals(copy.getInteger("slot"))) {
                slots.add(slot.longValue());
            }
        }
        entry.put("idx", slots);
        entry.put("token_iat", Rows.instant(change, "token_at").getEpochSecond());
        entry.put("token_sha256", Base64Url.encode(Rows.bytes(change, "token_sha256")));
        Long head = change.getLong("head");
        if (head != null) {
            Map<String, Object> anchored = new LinkedHashMap<>();
            anchored.put("version", head);
            anchored.put("token_sha256", Base64Url.encode(Rows.bytes(change, "head_digest")));
            Long seqNo = change.getLong("seq_no");
            if (seqNo != null) {
                anchored.put("transaction", seqNo);
            }
            entry.put("anchored", anchored);
        }
        return entry;
    }

    private static Refused nothing() {
        return Refused.desk(
                Problem.Desk.DeskCode.NOT_FOUND, "nothing was done to a licence of this kind, or there is none");
    }
}
