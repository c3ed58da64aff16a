package city.elicence.issuer.anchor;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.util.List;

/**
 * Hands out the proof that a credential is in its issuer's log, for the first head on the ledger that covers it: the one that
 * verifiers are most likely to have heard of. Whoever asks knows the digest of the credential, and so has the credential.
 */
public final class Receipts {
    private final Store store;

    public Receipts(Store store) {
        this.store = store;
    }

    /** The receipt for the SHA-256 of an issuer-signed JWT, or of an mdoc's security object. */
    public Receipt of(Tenant tenant, byte[] signedDigest) {
        Row entry = store.direct()
                .one("""
                        select c.log_index, c.log_salt, h.size, h.root from copy c
                        join lateral (select size, root from log_head where tenant = c.tenant and sent_at is not null
                            and size > c.log_index order by size limit 1) h on true
                        where c.tenant = $1 and c.signed_digest = $2
                        """, tenant.id(), signedDigest)
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.NOT_YET_ANCHORED,
                        "there is no receipt for this digest yet; if the credential is new, ask again in a moment"));
        long index = entry.getLong("log_index");
        long size = entry.getLong("size");
        LogBook book = new LogBook(store.direct(), tenant.id());
        return new Receipt(
                tenant.did(),
                index,
                size,
                MerkleHash.of(Rows.bytes(entry, "root")),
                Base64Url.encode(Rows.bytes(entry, "log_salt")),
                book.inclusionProof(index, size));
    }

    /** For auditors: that the log did not lose or change an entry between two sizes, of which the ledger has heads. */
    public List<MerkleHash> consistency(Tenant tenant, long first, long second) {
        long anchored = store.direct()
                .one(
                        "select coalesce(max(size), 0) as size from log_head where tenant = $1 and sent_at is not null",
                        tenant.id())
                .map(row -> row.getLong("size"))
                .orElse(0L);
        if (first < 1 || first > second || second > anchored) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.INVALID_REQUEST,
                    "first, second: expected two sizes in order, from 1 to " + anchored);
        }
        return new LogBook(store.direct(), tenant.id()).consistencyProof(first, second);
    }
}
