package city.elicence.verifier.claim;

import city.elicence.ledger.NullifierRecord;
import city.elicence.web.vault.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of uses, as the registrar moves them on: each move is one statement, and only from where it looked. */
final class UseRows {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int SEALED_AT_ONCE = 500;
    private static final Duration FORGET_AFTER = Duration.ofDays(30);

    private final Pool pool;
    private final Vault vault;
    private final Clock clock;

    UseRows(Pool pool, Vault vault, Clock clock) {
        this.pool = pool;
        this.vault = vault;
        this.clock = clock;
    }

    Optional<UseClaim> find(String id) {
        for (Row row : pool.preparedQuery(UseClaim.SELECT + "where c.id = $1")
                .execute(Tuple.of(id))
                .await()) {
            return Optional.of(UseClaim.read(row, vault));
        }
        return Optional.empty();
    }

    /** What is not settled and due, oldest first. */
    List<String> due(int limit) {
        List<String> ids = new ArrayList<>();
        pool.preparedQuery("""
                        select id from use_claim where state in ('intended', 'sent') and due_at <= $1
                        order by due_at limit $2""").execute(Tuple.of(now(), limit)).await().forEach(row -> ids.add(row.getString("id")));
        return ids;
    }

    /** From now on the entry may be on the ledger, at this line and no other. */
    boolean send(UseClaim claim, int line) {
        return pool.preparedQuery("""
                        update use_claim set state = 'sent', line = $4
                        where id = $1 and state = $2 and line is not distinct from $3::int""")
                        .execute(Tuple.of(claim.id(), claim.state().text(), claim.line(), line))
                        .await()
                        .rowCount()
                == 1;
    }

    void registered(UseClaim claim, NullifierRecord record, long free, int rank) {
        pool.preparedQuery("""
                        update use_claim set state = 'registered', seq_no = $2, registered_at = $3, free_after = $4, rank = $5,
                          settled_at = $6
                        where id = $1 and state = 'sent'""")
                .execute(Tuple.of(claim.id(), record.seqNo(), at(record.at()), free, rank, now()))
                .await();
    }

    /** Refused as it was looked at: nothing of it is on the ledger, or what is there does not count. */
    void refuse(UseClaim claim, String code, @Nullable Long free) {
        refuse(claim.id(), claim.state(), claim.line(), code, free);
    }

    /** Refused at the line to which it was sent. */
    void refuseSent(UseClaim claim, int line, String code) {
        refuse(claim.id(), UseClaim.State.SENT, line, code, null);
    }

    private void refuse(String id, UseClaim.State state, @Nullable Integer line, String code, @Nullable Long free) {
        pool.preparedQuery("""
                        update use_claim set state = 'refused', code = $4, free_after = $5, settled_at = $6
                        where id = $1 and state = $2 and line is not distinct from $3::int""")
                .execute(Tuple.of(id, state.text(), line, code, free, now()))
                .await();
    }

    /** The ledger did not answer, or not clearly: later again, and each time later. */
    void later(String id, int attempts) {
        Duration pause = Duration.ofMillis(200L << Math.min(attempts, 10));
        Instant due = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        pool.preparedQuery("""
                        update use_claim set attempts = attempts + 1, due_at = $2
                        where id = $1 and state in ('intended', 'sent')""").execute(Tuple.of(id, at(due))).await();
    }

    /** Secrets that an earlier version of this service wrote in clear. */
    void sealWhatIsClear() {
        RowSet<Row> clear;
        do {
            clear = pool.preparedQuery("select id, tenant, secret from use_claim where secret is not null limit $1")
                    .execute(Tuple.of(SEALED_AT_ONCE))
                    .await();
            for (Row row : clear) {
                String id = row.getString("id");
                byte[] sealed = vault.seal(UseClaim.place(row.getString("tenant"), id), row.getString("secret"));
                pool.preparedQuery("update use_claim set sealed_secret = $2, secret = null where id = $1")
                        .execute(Tuple.of(id, Buffer.buffer(sealed)))
                        .await();
            }
        } while (clear.size() == SEALED_AT_ONCE);
    }

    /** Secrets of uses that nothing can follow any more. */
    void forgetSecrets() {
        pool.preparedQuery("""
                        update use_claim set sealed_secret = null
                        where sealed_secret is not null and settled_at < $1
                          and (state = 'refused' or (state = 'registered' and not releasable))""")
                .execute(Tuple.of(at(clock.instant().minus(FORGET_AFTER))))
                .await();
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
