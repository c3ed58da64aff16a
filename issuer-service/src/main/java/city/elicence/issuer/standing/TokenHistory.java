package city.elicence.issuer.standing;

import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Status List Tokens of earlier days (Token Status List, "Historical Resolution"): the first of every version of a list, and
 * further ones often enough that at each moment one of them was valid. Whoever can delete a row makes a past unanswerable;
 * nobody without the authority's key can change it.
 */
public final class TokenHistory {
    /** How long a past can be asked for. */
    public static final Duration KEPT = Duration.ofDays(400);

    private static final int MOST_TOKENS_OF_A_LIST = 20_000;

    private final Duration life;

    public TokenHistory(IssuerSettings settings) {
        this.life = settings.limits().statusLife();
    }

    /**
     * Of the transaction that makes a version. Versions of one second are one moment, of which the last counts; what is dated
     * later is of a clock that stood ahead, and was not valid when its time came.
     */
    void keepFirst(Rows rows, String tenant, int list, String token, Instant issuedAt) {
        rows.change("""
                with later as (delete from status_token where tenant = $1 and list = $2 and issued_at > $3)
                insert into status_token (tenant, list, issued_at, expires_at, token) values ($1, $2, $3, $4, $5)
                on conflict (tenant, list, issued_at) do update set token = $5, expires_at = $4
                """, tenant, list, issuedAt, issuedAt.plus(life), token);
    }

    /**
     * A token with the same content as the last one, if that will not be valid for long. A version that is made at this moment
     * may be dated a little later, and stays.
     */
    public void keepNext(Rows rows, String tenant, int list, String token, Instant issuedAt) {
        rows.change(
                """
                with later as (delete from status_token where tenant = $1 and list = $2 and issued_at > $7)
                insert into status_token (tenant, list, issued_at, expires_at, token) select $1, $2, $3, $4, $5
                where not exists (
                    select 1 from status_token where tenant = $1 and list = $2 and issued_at > $6 and issued_at <= $7)
                on conflict do nothing
                """,
                tenant,
                list,
                issuedAt,
                issuedAt.plus(life),
                token,
                issuedAt.minus(life.dividedBy(2)),
                issuedAt.plus(TokenTimes.AHEAD_AT_MOST));
    }

    /** What was said of a list at a time that is past: the newest token then, if it had not expired. */
    public Optional<String> at(Rows rows, String tenant, int list, Instant then, Instant now) {
        if (then.isAfter(now) || then.isBefore(now.minus(KEPT))) {
            return Optional.empty();
        }
        return rows.one("""
                        select token, expires_at from status_token where tenant = $1 and list = $2 and issued_at <= $3
                        order by issued_at desc limit 1
                        """, tenant, list, then)
                .filter(row -> then.isBefore(Rows.instant(row, "expires_at")))
                .map(row -> row.getString("token"));
    }

    /** Forgets what is too old, and of a list that changes all the time what is more than can be kept. */
    public static int sweep(Rows rows, Instant now) {
        return rows.change("""
                delete from status_token where issued_at < $1 or (tenant, list, issued_at) in (
                    select tenant, list, issued_at from (
                        select tenant, list, issued_at,
                            row_number() over (partition by tenant, list order by issued_at desc) as place
                        from status_token) as ordered
                    where place > $2)
                """, now.minus(KEPT), MOST_TOKENS_OF_A_LIST);
    }
}
