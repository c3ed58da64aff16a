package city.elicence.verifier.claim;

import city.elicence.credentials.use.UseEntry;
import city.elicence.credentials.use.UseEntry.Act;
import city.elicence.credentials.use.UseRefusal;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.RandomText;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.tenant.Tenants;
import city.elicence.web.vault.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes uses in: each becomes a row, from which the {@link Registrar} registers it. The client's own key makes a lost answer
 * harmless: the same call again finds the same row.
 */
public final class UseDesk {
    private static final int MOST_TRIES = 8;
    private static final int MOST_ROWS = 20_000;
    private static final long FEWEST_TOLD = 3;

    private final Pool pool;
    private final Tenants tenants;
    private final LedgerKeys keys;
    private final Vault vault;
    private final SealedColumn claims;
    private final Clock clock;
    private final Runnable written;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param written told when there is a row for the registrar
     */
    public UseDesk(
            Pool pool,
            Tenants tenants,
            LedgerKeys keys,
            Vault vault,
            SealedColumn claims,
            Clock clock,
            Runnable written) {
        this.vault = vault;
        this.claims = claims;
        this.pool = pool;
        this.tenants = tenants;
        this.keys = keys;
        this.clock = clock;
        this.written = written;
    }

    /** A use taken in now, or before under the same key. */
    public record Taken(String id, boolean fresh) {}

    /** Takes a use in, once. */
    public Taken take(UseDraft draft) {
        Optional<String> before = before(draft);
        if (before.isPresent()) {
            return new Taken(before.get(), false);
        }
        Tenant tenant = tenants.require(draft.tenant());
        if (keys.of(tenant.did()).isEmpty()) {
            throw Shown.refused("no-ledger-key", "this service has no key with which this party writes to the ledger");
        }
        String ofClaim = draft.ofClaim();
        Intent intent = ofClaim == null ? first(draft) : later(draft, find(draft.tenant(), ofClaim));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            String id = RandomText.of128Bits();
            if (insert(id, draft, intent) == 1) {
                written.run();
                return new Taken(id, true);
            }
            // The same key came first, or the random tag was taken.
            Optional<String> other = before(draft);
            if (other.isPresent()) {
                return new Taken(other.get(), false);
            }
        }
        throw new IllegalStateException("no free tag was found");
    }

    /** What is to be written: all of a row that the draft does not say. */
    private record Intent(
            String checkId,
            String type,
            String issuer,
            String purpose,
            String secret,
            String book,
            long cap,
            boolean releasable,
            @Nullable Integer ofLine,
            long amount,
            @Nullable Instant until) {}

    private Intent first(UseDraft draft) {
        Shown shown = Shown.find(pool, claims, draft.tenant(), draft.checkId(), draft.query(), clock.instant());
        Long amount = draft.amount();
        if (amount == null && shown.rule().cap() == 0) {
            throw Shown.refused("nothing-to-use", "its amount is zero");
        }
        var hold = draft.holdFor();
        return new Intent(
                draft.checkId(),
                shown.type(),
                shown.issuer(),
                shown.purpose(),
                shown.secretText(),
                shown.secret().bookId(),
                shown.rule().cap(),
                shown.rule().releasable(),
                null,
                amount == null ? shown.whole() : amount,
                hold == null ? null : UseEntry.wholeMinute(clock.instant().plus(hold)));
    }

    /** A reservation that is to be used, or anything that is to be given back. */
    private Intent later(UseDraft draft, UseClaim earlier) {
        Integer line = earlier.line();
        String secret = earlier.secretText();
        if (earlier.state() != UseClaim.State.REGISTERED || line == null || secret == null) {
            throw Shown.refused("not-registered", "the earlier use is not registered, or finished");
        }
        if (draft.act() == Act.USE && earlier.entry().act() != Act.RESERVE) {
            throw Shown.refused("not-a-reservation", "only a reservation can be used later");
        }
        Long amount = draft.amount();
        long left = earlier.entry().amount() - released(earlier.id());
        if (amount == null && left < 1) {
            throw Shown.refused(UseRefusal.NOTHING_TO_RELEASE.code(), UseRefusal.NOTHING_TO_RELEASE.en());
        }
        return new Intent(
                earlier.checkId(),
                earlier.type(),
                earlier.issuer(),
                earlier.purpose(),
                secret,
                earlier.book(),
                earlier.rule().cap(),
                earlier.rule().releasable(),
                line,
                amount == null ? left : amount,
                null);
    }

    private long released(String id) {
        return pool.preparedQuery("""
                        select coalesce(sum(amount), 0)::bigint released from use_claim
                        where of_claim = $1 and act = 'release' and state = 'registered'""")
                .execute(Tuple.of(id))
                .await()
                .iterator()
                .next()
                .getLong("released");
    }

    private int insert(String id, UseDraft draft, Intent intent) {
        OffsetDateTime now = at(clock.instant());
        Instant until = intent.until();
        Tuple row = Tuple.tuple()
                .addString(id)
                .addString(draft.tenant())
                .addString(draft.clientKey())
                .addBuffer(digest(draft))
                .addString(intent.checkId())
                .addString(intent.type())
                .addString(intent.purpose())
                .addBuffer(Buffer.buffer(vault.seal(UseClaim.place(draft.tenant(), id), intent.secret())))
                .addString(intent.book())
                .addLong(intent.cap())
                .addBoolean(intent.releasable())
                .addString(draft.act().name().toLowerCase(Locale.ROOT))
                .addString(draft.ofClaim())
                .addInteger(intent.ofLine())
                .addLong(intent.amount())
                .addValue(until == null ? null : at(until))
                .addInteger(random.nextInt())
                .addString(draft.askedBy())
                .addValue(now)
                .addString(intent.issuer())
                .addInteger(draft.rank());
        return pool.preparedQuery("""
                        insert into use_claim (id, tenant, client_key, draft_digest, check_id, type, purpose, sealed_secret, book, cap,
                          releasable, act, of_claim, of_line, amount, until, tag, asked_by, created_at, due_at, issuer, wanted_rank, state)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20,
                          $21, 'intended')
                        on conflict do nothing""").execute(row).await().rowCount();
    }

    private Optional<String> before(UseDraft draft) {
        for (Row row : pool.preparedQuery(
                        "select id, draft_digest from use_claim where tenant = $1 and client_key = $2")
                .execute(Tuple.of(draft.tenant(), draft.clientKey()))
                .await()) {
            if (!row.getBuffer("draft_digest").equals(digest(draft))) {
                throw new CheckRefused(new Problem.IdempotencyConflict());
            }
            return Optional.of(row.getString("id"));
        }
        return Optional.empty();
    }

    /** One use of a relying party. */
    public UseClaim find(String tenant, String id) {
        return find(id).filter(claim -> claim.tenant().equals(tenant))
                .orElseThrow(() -> new CheckRefused(new Problem.UnknownUse()));
    }

    /** One use of whichever relying party. */
    public Optional<UseClaim> find(String id) {
        for (Row row : pool.preparedQuery(UseClaim.SELECT + "where c.id = $1")
                .execute(Tuple.of(id))
                .await()) {
            return Optional.of(UseClaim.read(row, vault));
        }
        return Optional.empty();
    }

    /** The latest uses of a relying party, or of all. */
    public List<UseClaim> latest(@Nullable String tenant, int limit) {
        List<UseClaim> claims = new ArrayList<>();
        pool.preparedQuery(UseClaim.SELECT + """
                        where ($1::text is null or c.tenant = $1) order by c.created_at desc limit $2""")
                .execute(Tuple.of(tenant, limit))
                .await()
                .forEach(row -> claims.add(UseClaim.read(row, vault)));
        return claims;
    }

    /** The relying party's own uses in one book: what it may be told of "used already". */
    public List<String> own(String tenant, String book) {
        List<String> ids = new ArrayList<>();
        pool.preparedQuery("""
                        select id from use_claim where tenant = $1 and book = $2 and state = 'registered' order by line""").execute(Tuple.of(tenant, book)).await().forEach(row -> ids.add(row.getString("id")));
        return ids;
    }

    /** Counts for the regulator: uses and refusals by kind, issuer and day. Few of a kind could be somebody's: no sum is told of them. */
    public Map<String, Object> counts() {
        List<Map<String, Object>> uses = new ArrayList<>();
        pool.preparedQuery("""
                        select issuer, purpose, count(*) n, sum(amount)::bigint total from use_claim
                        where state = 'registered' and act = 'use' group by 1, 2 order by 1, 2 limit $1""").execute(Tuple.of(MOST_ROWS)).await().forEach(row -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("issuer", row.getString("issuer"));
            json.put("kind", row.getString("purpose"));
            json.put("count", row.getLong("n"));
            if (row.getLong("n") >= FEWEST_TOLD) {
                json.put("sum", row.getLong("total"));
            }
            uses.add(json);
        });
        List<Map<String, Object>> refused = new ArrayList<>();
        pool.preparedQuery("""
                        select purpose, code, to_char(settled_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) n
                        from use_claim where state = 'refused' group by 1, 2, 3 order by 3, 1, 2 limit $1""").execute(Tuple.of(MOST_ROWS)).await().forEach(row -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", row.getString("purpose"));
            json.put("code", row.getString("code"));
            json.put("day", row.getString("day"));
            json.put("count", row.getLong("n"));
            refused.add(json);
        });
        return Map.of("uses", uses, "refused", refused);
    }

    private static Buffer digest(UseDraft draft) {
        return RandomText.sha256(draft.canonical());
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
