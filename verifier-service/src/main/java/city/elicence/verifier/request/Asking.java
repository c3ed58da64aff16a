package city.elicence.verifier.request;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Json;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.RandomText;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.tenant.Tenants;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Step 1. A draft that the ledger lets its relying party ask becomes a row with a nonce, a state and an encryption key
 * of its own: none of the three is ever used for a second request (OpenID4VP 1.0 §5.2, HAIP 1.0 §5).
 */
public final class Asking {
    private final Pool pool;
    private final Tenants tenants;
    private final Addresses addresses;
    private final AskingRules rules;
    private final SealedColumn encryptionKeys;
    private final Clock clock;

    public Asking(
            Pool pool,
            Tenants tenants,
            Addresses addresses,
            AskingRules rules,
            SealedColumn encryptionKeys,
            Clock clock) {
        this.pool = pool;
        this.tenants = tenants;
        this.addresses = addresses;
        this.rules = rules;
        this.encryptionKeys = encryptionKeys;
        this.clock = clock;
    }

    /** Makes the request, or finds the one that the same idempotency key made before. */
    public Opened open(CheckDraft draft) {
        Tenant tenant = tenants.require(draft.tenant());
        AskingRules.Asked asked = rules.read(draft);
        Optional<Opened> before = before(draft);
        if (before.isPresent()) {
            return before.get();
        }
        Optional<Problem.MayNotAsk> overAsking = rules.overAsking(tenant, asked);
        if (overAsking.isPresent()) {
            writeRefusal(draft, asked, overAsking.get());
            throw new CheckRefused(overAsking.get());
        }
        return write(draft, tenant, asked);
    }

    private Opened write(CheckDraft draft, Tenant tenant, AskingRules.Asked asked) {
        CheckDraft.Options options = draft.options();
        String id = RandomText.of128Bits();
        String session = options.flow() == Flow.SAME_DEVICE ? RandomText.of256Bits() : null;
        String clientId = options.prefix().clientId(tenant, addresses.response(tenant.name(), id));
        Instant now = clock.instant();
        Instant expires = now.plus(options.lifetime());
        URI returnTo = options.returnTo();
        SoftwareKey encryptionKey = options.mode() == ResponseMode.DIRECT_POST_JWT ? SoftwareKey.generate() : null;
        Tuple row = Tuple.tuple()
                .addString(id)
                .addString(tenant.name())
                .addString(options.idempotencyKey())
                .addBuffer(digest(draft))
                .addString(draft.preset())
                .addString(draft.purpose())
                .addString(asked.summary())
                .addString(Json.write(draft.dcql()))
                .addString(draft.transactionData().isEmpty() ? null : Json.write(asked.encodedTransactions()))
                .addString(clientId)
                .addString(options.mode().text())
                .addString(options.flow().text())
                .addString(RandomText.of256Bits())
                .addString(RandomText.of256Bits())
                .addBuffer(
                        encryptionKey == null
                                ? null
                                : encryptionKeys.seal(tenant.name(), id, Json.write(encryptionKey.toPrivateJwk())))
                .addBuffer(session == null ? null : RandomText.sha256(session))
                .addString(returnTo == null ? null : returnTo.toString())
                .addString(draft.askedBy())
                .addValue(at(now))
                .addValue(at(expires))
                .addValue(at(now.plus(options.retention())))
                .addString(
                        encryptionKey == null ? null : encryptionKey.publicKey().thumbprint());
        int written = pool.preparedQuery("""
                        insert into check_request (id, tenant, idempotency_key, draft_digest, preset, purpose, asked, dcql,
                          transaction_data, client_id, response_mode, flow, nonce, state, sealed_encryption_key, session_hash,
                          return_to, asked_by, created_at, expires_at, delete_after, encryption_thumbprint)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
                        on conflict (tenant, idempotency_key) do nothing""").execute(row).await().rowCount();
        if (written == 0) {
            // Another call with the same key came first: its row is the answer to both.
            return before(draft).orElseThrow(() -> new CheckRefused(new Problem.IdempotencyConflict()));
        }
        return new Opened(id, tenant.name(), clientId, options.flow(), expires, session, true);
    }

    private Optional<Opened> before(CheckDraft draft) {
        String key = draft.options().idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        for (Row row :
                pool.preparedQuery("""
                        select id, client_id, flow, expires_at, draft_digest from check_request
                        where tenant = $1 and idempotency_key = $2""").execute(Tuple.of(draft.tenant(), key)).await()) {
            if (!row.getBuffer("draft_digest").equals(digest(draft))) {
                throw new CheckRefused(new Problem.IdempotencyConflict());
            }
            return Optional.of(new Opened(
                    row.getString("id"),
                    draft.tenant(),
                    row.getString("client_id"),
                    Flow.of(row.getString("flow")).orElseThrow(),
                    row.getOffsetDateTime("expires_at").toInstant(),
                    null,
                    false));
        }
        return Optional.empty();
    }

    private void writeRefusal(CheckDraft draft, AskingRules.Asked asked, Problem.MayNotAsk refusal) {
        pool.preparedQuery("""
                        insert into refused_request (tenant, asked_by, code, purpose, asked, at)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(
                        draft.tenant(),
                        draft.askedBy(),
                        refusal.code(),
                        draft.purpose(),
                        asked.summary(),
                        at(clock.instant())))
                .await();
    }

    private static Buffer digest(CheckDraft draft) {
        return RandomText.sha256(draft.canonical());
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /**
     * A request that waits for a wallet.
     *
     * @param session the secret that the beginning browser keeps (same device only, and only when made just now)
     * @param fresh false when an idempotency key found it
     */
    public record Opened(
            String id,
            String tenant,
            String clientId,
            Flow flow,
            Instant expiresAt,
            @Nullable String session,
            boolean fresh) {}
}
