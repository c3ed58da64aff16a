package city.elicence.issuer.anchor;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts heads on the ledger and notes that it did. A head is read back before it is sent again whenever the outcome of an
 * earlier try is not known, whether the ledger did not answer or this process died before it could note the answer.
 */
final class HeadSender {
    private final Store store;
    private final Ledger ledger;
    private final Addresses addresses;
    private final Renewal renewal;

    HeadSender(Store store, Ledger ledger, Addresses addresses, Renewal renewal) {
        this.store = store;
        this.ledger = ledger;
        this.addresses = addresses;
        this.renewal = renewal;
    }

    /** The newest log head, if the ledger lacks it; what waits in the outbox up to {@code upTo} is told by it. */
    Sent sendLogHead(Tenant tenant, LedgerSigner signer, long upTo, boolean readFirst, Instant now) {
        Optional<Row> newest = store.direct()
                .one(
                        "select size, root, at, sent_at from log_head where tenant = $1 order by size desc limit 1",
                        tenant.id());
        if (newest.isEmpty() || newest.get().getOffsetDateTime("sent_at") != null) {
            noteOutbox(tenant, "log", null, upTo, now);
            return new Sent.Done();
        }
        Row row = newest.get();
        LogHead head = new LogHead(
                new Did(tenant.did()),
                row.getLong("size"),
                Base64Url.encode(Rows.bytes(row, "root")),
                Rows.instant(row, "at"));
        if (readFirst) {
            try {
                Optional<LogHead> there = ledger.logHead(head.did());
                if (there.filter(h -> h.size() == head.size() && h.root().equals(head.root()))
                        .isPresent()) {
                    return noteLogHead(tenant, head, null, upTo, now);
                }
            } catch (LedgerException unreachable) {
                return new Sent.NotNow(String.valueOf(unreachable.getMessage()));
            }
        }
        return switch (ledger.putLogHead(head, signer)) {
            case WriteOutcome.Done done -> noteLogHead(tenant, head, done.seqNo(), upTo, now);
            case WriteOutcome.Refused refused -> new Sent.No(refused.reason());
            case WriteOutcome.Unknown unknown -> new Sent.NotNow(unknown.reason());
        };
    }

    /**
     * The head of one status list, for the token that is served now. Its version is the token's {@code iat}: a verifier that is
     * given an older token can tell, whoever gives it.
     */
    Sent sendStatusHead(Tenant tenant, LedgerSigner signer, int list, long upTo, boolean readFirst, Instant now) {
        Row row = store.direct()
                .one(
                        "select version, token, token_at from status_list where tenant = $1 and list = $2",
                        tenant.id(),
                        list)
                .orElseThrow();
        String token = row.getString("token");
        if (token == null) {
            return new Sent.NotYet();
        }
        StatusHead head = new StatusHead(
                new Did(tenant.did()),
                URI.create(addresses.statusList(tenant.id(), list)),
                Rows.instant(row, "token_at").getEpochSecond(),
                digest(token),
                Rows.instant(row, "token_at"));
        if (isAnotherAnchored(tenant, list, head)) {
            renewal.signAgainLater(tenant, list, now);
            return new Sent.NotYet();
        }
        if (readFirst) {
            try {
                Optional<StatusHead> there = ledger.statusHead(head.did(), head.list());
                if (there.filter(h ->
                                h.version() == head.version() && h.tokenSha256().equals(head.tokenSha256()))
                        .isPresent()) {
                    return noteStatusHead(tenant, list, head, null, upTo, now);
                }
            } catch (LedgerException unreachable) {
                return new Sent.NotNow(String.valueOf(unreachable.getMessage()));
            }
        }
        return switch (ledger.putStatusHead(head, signer)) {
            case WriteOutcome.Done done -> noteStatusHead(tenant, list, head, done.seqNo(), upTo, now);
            case WriteOutcome.Refused refused -> new Sent.No(refused.reason());
            case WriteOutcome.Unknown unknown -> new Sent.NotNow(unknown.reason());
        };
    }

    /** Whether an earlier token of the same second is on the ledger already: after more changes than seconds passed. */
    private boolean isAnotherAnchored(Tenant tenant, int list, StatusHead head) {
        return store.direct()
                .one(
                        "select 1 from status_head where tenant = $1 and list = $2 and version = $3 and digest <> $4",
                        tenant.id(),
                        list,
                        head.version(),
                        java.util.Base64.getUrlDecoder().decode(head.tokenSha256()))
                .isPresent();
    }

    /** What became of a try. */
    sealed interface Sent {
        record Done() implements Sent {}

        /** Not known, or not reached: try again, reading first. */
        record NotNow(String why) implements Sent {}

        /** The list's token is being signed: the next round finds it. */
        record NotYet() implements Sent {}

        /** The ledger said no: an operator must look. */
        record No(String why) implements Sent {}
    }

    private Sent noteLogHead(Tenant tenant, LogHead head, @Nullable Long seqNo, long upTo, Instant now) {
        store.inTransaction(rows -> {
            rows.change(
                    "update log_head set sent_at = $3, seq_no = $4 where tenant = $1 and size = $2",
                    tenant.id(),
                    head.size(),
                    now,
                    seqNo);
            noteOutbox(rows, tenant, "log", null, upTo, now);
        });
        return new Sent.Done();
    }

    private Sent noteStatusHead(
            Tenant tenant, int list, StatusHead head, @Nullable Long seqNo, long upTo, Instant now) {
        store.inTransaction(rows -> {
            rows.change(
                    """
                    insert into status_head (tenant, list, version, digest, sent_at, seq_no)
                    values ($1, $2, $3, $4, $5, $6) on conflict do nothing
                    """,
                    tenant.id(),
                    list,
                    head.version(),
                    java.util.Base64.getUrlDecoder().decode(head.tokenSha256()),
                    now,
                    seqNo);
            noteOutbox(rows, tenant, "status", list, upTo, now);
        });
        return new Sent.Done();
    }

    private void noteOutbox(Tenant tenant, String kind, @Nullable Integer list, long upTo, Instant now) {
        noteOutbox(store.direct(), tenant, kind, list, upTo, now);
    }

    private static void noteOutbox(
            Rows rows, Tenant tenant, String kind, @Nullable Integer list, long upTo, Instant now) {
        rows.change("""
                update outbox set sent_at = $5
                where tenant = $1 and kind = $2 and ($3::int is null or list = $3) and id <= $4 and sent_at is null
                """, tenant.id(), kind, list, upTo, now);
    }

    private static String digest(String token) {
        try {
            return StatusListToken.parse(token).sha256();
        } catch (StatusException unreadable) {
            throw new IllegalStateException("a status token of our own does not read", unreadable);
        }
    }
}
