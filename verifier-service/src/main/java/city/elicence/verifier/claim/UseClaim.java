package city.elicence.verifier.claim;

import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.use.UseEntry;
import city.elicence.credentials.use.UseEntry.Act;
import city.elicence.credentials.use.UseRule;
import city.elicence.credentials.use.UseSecret;
import city.elicence.web.vault.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A use as its row has it.
 *
 * @param writer the relying party's DID
 * @param line where it is, or was last tried
 * @param code why it was refused
 * @param freeAfter what was left after it
 * @param rank how many uses it comes after, and it
 * @param wantedRank the rank that it was to have, and no other
 */
public record UseClaim(
        String id,
        String tenant,
        Did writer,
        String checkId,
        String type,
        String issuer,
        String purpose,
        @Nullable String secretText,
        String book,
        UseRule rule,
        UseEntry entry,
        @Nullable String ofClaim,
        State state,
        @Nullable Integer line,
        @Nullable Long seqNo,
        @Nullable Instant registeredAt,
        @Nullable String code,
        @Nullable Long freeAfter,
        @Nullable Integer rank,
        @Nullable Integer wantedRank,
        Instant createdAt,
        int attempts) {

    /** How far it has come. */
    public enum State {
        /** Nothing was sent. */
        INTENDED,
        /** It may be on the ledger, at its line. */
        SENT,
        REGISTERED,
        REFUSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.text().equals(text))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static final String SELECT = """
            select c.id, c.tenant, t.did, c.check_id, c.type, c.issuer, c.purpose, c.sealed_secret, c.book, c.cap, c.releasable, c.act,
              c.of_claim, c.of_line, c.amount, c.until, c.tag, c.state, c.line, c.seq_no, c.registered_at, c.code,
              c.free_after, c.rank, c.wanted_rank, c.created_at, c.attempts
            from use_claim c join tenant t on t.name = c.tenant
            """;

    static UseClaim read(Row row, Vault vault) {
        try {
            Act act = Act.valueOf(row.getString("act").toUpperCase(Locale.ROOT));
            return new UseClaim(
                    row.getString("id"),
                    row.getString("tenant"),
                    Did.parse(row.getString("did")),
                    row.getString("check_id"),
                    row.getString("type"),
                    row.getString("issuer"),
                    row.getString("purpose"),
                    secret(row, vault),
                    row.getString("book"),
                    new UseRule(row.getLong("cap"), row.getBoolean("releasable")),
                    new UseEntry(
                            act,
                            row.getInteger("of_line"),
                            row.getLong("amount"),
                            instant(row, "until"),
                            row.getInteger("tag")),
                    row.getString("of_claim"),
                    State.of(row.getString("state")),
                    row.getInteger("line"),
                    row.getLong("seq_no"),
                    instant(row, "registered_at"),
                    row.getString("code"),
                    row.getLong("free_after"),
                    row.getInteger("rank"),
                    row.getInteger("wanted_rank"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getInteger("attempts"));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a use's row cannot be read", unreadable);
        }
    }

    /** What a secret is sealed for: it opens in this row and in no other. */
    static String place(String tenant, String id) {
        return "use/" + tenant + '/' + id;
    }

    private static @Nullable String secret(Row row, Vault vault) {
        Buffer sealed = row.getBuffer("sealed_secret");
        return sealed == null
                ? null
                : vault.open(place(row.getString("tenant"), row.getString("id")), sealed.getBytes());
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    /** Whether nothing more will happen to it. */
    public boolean settled() {
        return state == State.REGISTERED || state == State.REFUSED;
    }

    /** The secret that opens the book. */
    UseSecret secret() {
        if (secretText == null) {
            throw new IllegalStateException("the secret of a finished use is forgotten");
        }
        try {
            return UseSecret.parse(purpose, secretText);
        } catch (JsonException unreadable) {
            throw new IllegalStateException("the secret of a use cannot be read", unreadable);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "UseClaim[" + id + " " + state + "]";
    }
}
