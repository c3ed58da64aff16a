package city.elicence.verifier.decide;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.SealedColumn;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks as their relying party reads them: waiting, expired, or with a verdict. */
public final class Results {
    private static final String SELECT = """
            select r.id, r.tenant, r.preset, r.purpose, r.flow, r.asked_by, r.created_at, r.expires_at, r.delete_after,
              r.fetches, a.received_at, b.returned_at, v.outcome, v.code, v.report, v.sealed_claims, v.trust_as_of, v.decided_at
            from check_request r
            left join check_response a on a.check_id = r.id
            left join check_return b on b.check_id = r.id
            left join check_verdict v on v.check_id = r.id
            """;

    /** So few that after any standstill each statement is done long before the pool gives it up. */
    private static final int MOST_DELETED_AT_ONCE = 10_000;

    private final Pool pool;
    private final SealedColumn claims;
    private final Clock clock;

    public Results(Pool pool, SealedColumn claims, Clock clock) {
        this.pool = pool;
        this.claims = claims;
        this.clock = clock;
    }

    /** One check; claims are in it only when it was accepted and, on the same device, came back to its browser. */
    public Result find(String id) {
        for (Row row : pool.preparedQuery(SELECT + "where r.id = $1 and r.delete_after > $2")
                .execute(Tuple.of(id, at(clock.instant())))
                .await()) {
            return read(row, true);
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }

    /** The latest checks of a relying party, or of all, without claims. */
    public List<Result> latest(@Nullable String tenant, int limit) {
        List<Result> results = new ArrayList<>();
        for (Row row : pool.preparedQuery(SELECT + """
                        where ($1::text is null or r.tenant = $1) and r.delete_after > $2
                        order by r.created_at desc limit $3""")
                .execute(Tuple.of(tenant, at(clock.instant()), limit))
                .await()) {
            results.add(read(row, false));
        }
        return results;
    }

    /** Forgets a check and all that was shown in it; the audit trail keeps that it was. */
    public void delete(String id, String actor) {
        int deleted = pool.withTransaction(connection -> setActor(connection, actor)
                        .compose(ignored -> connection
                                .preparedQuery("delete from check_request where id = $1")
                                .execute(Tuple.of(id))))
                .await()
                .rowCount();
        if (deleted == 0) {
            throw new CheckRefused(new Problem.UnknownCheck());
        }
    }

    /** Forgets what is past its time: the promise made when it was asked. */
    public int deleteOutdated() {
        int all = 0;
        int deleted;
        do {
            deleted = deleteSomeOutdated();
            all += deleted;
        } while (deleted == MOST_DELETED_AT_ONCE);
        return all;
    }

    private int deleteSomeOutdated() {
        return pool.withTransaction(connection -> setActor(connection, "retention")
                        .compose(ignored -> connection
                                .preparedQuery("""
                                        delete from check_request where id in (
                                          select id from check_request where delete_after <= $1 limit $2)""")
                                .execute(Tuple.of(at(clock.instant()), MOST_DELETED_AT_ONCE))))
                .await()
                .rowCount();
    }

    private static io.vertx.core.Future<?> setActor(SqlConnection connection, String actor) {
        return connection
                .preparedQuery("select set_config('elicence.actor', $1, true)")
                .execute(Tuple.of(actor));
    }

    private Result read(Row row, boolean withClaims) {
        Map<String, Object> json = new LinkedHashMap<>();
        String outcome = row.getString("outcome");
        boolean sameDevice = row.getString("flow").equals("same_device");
        boolean held = sameDevice && row.getOffsetDateTime("returned_at") == null;
        Instant expires = row.getOffsetDateTime("expires_at").toInstant();
        json.put("id", row.getString("id"));
        json.put("tenant", row.getString("tenant"));
        put(json, "check", row.getString("preset"));
        json.put("purpose", row.getString("purpose"));
        json.put("flow", row.getString("flow"));
        json.put("asked_by", row.getString("asked_by"));
        json.put("created_at", instant(row, "created_at"));
        json.put("expires_at", expires.toString());
        json.put("delete_after", instant(row, "delete_after"));
        json.put("fetched", row.getInteger("fetches") > 0);
        json.put("status", status(outcome, held, row.getOffsetDateTime("received_at") != null, expires));
        if (outcome != null && (!held || outcome.equals("refused"))) {
            json.put("decided_at", instant(row, "decided_at"));
        }
        if (outcome != null && !held) {
            put(json, "code", row.getString("code"));
            if (row.getOffsetDateTime("trust_as_of") != null) {
                json.put("trust_as_of", instant(row, "trust_as_of"));
            }
            json.put("report", parse(row.getString("report")));
            if (withClaims) {
                claims.open(row, row.getString("tenant"), row.getString("id"))
                        .ifPresent(shown -> json.put("claims", parse(shown)));
            }
        }
        return new Result(row.getString("id"), row.getString("tenant"), json);
    }

    private String status(@Nullable String outcome, boolean held, boolean received, Instant expires) {
        if (outcome != null) {
            // No browser comes back from what was refused (OpenID4VP 1.0 §8.2): that it was is told, and nothing of
            // why.
            return held && !outcome.equals("refused") ? "returning" : outcome;
        }
        if (received) {
            return "deciding";
        }
        return clock.instant().isBefore(expires) ? "waiting" : "expired";
    }

    private static Map<String, Object> parse(String json) {
        try {
            return Json.parseObject(json);
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a verdict's row cannot be read", unreadable);
        }
    }

    private static String instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant().toString();
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /**
     * A check and all that may be said of it.
     *
     * @param json as the API shows it
     */
    public record Result(String id, String tenant, Map<String, Object> json) {
        /** Whether nothing more will happen to it. */
        public boolean settled() {
            return switch (String.valueOf(json.get("status"))) {
                case "accepted", "refused", "declined", "expired" -> true;
                default -> false;
            };
        }

        /** Whether it shows anyone's claims. */
        public boolean showsClaims() {
            return json.containsKey("claims");
        }
    }
}
