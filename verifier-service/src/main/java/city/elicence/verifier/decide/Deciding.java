package city.elicence.verifier.decide;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.receipt.ShownDocuments;
import city.elicence.verifier.secret.SealedColumn;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Step 3. A response row becomes a verdict row: what was shown is judged, then forgotten; of an accepted check the claims
 * that were asked stay, until the retention time that was said when asking.
 */
public final class Deciding {
    /** A response that its own request did not decide by then was left by a crash. */
    private static final Duration ABANDONED = Duration.ofSeconds(20);

    private static final int MOST_AT_ONCE = 100;

    private final Pool pool;
    private final Judge judge;
    private final ShownDocuments shown;
    private final SealedColumn vpTokens;
    private final SealedColumn claims;
    private final Clock clock;

    public Deciding(
            Pool pool, Judge judge, ShownDocuments shown, SealedColumn vpTokens, SealedColumn claims, Clock clock) {
        this.pool = pool;
        this.judge = judge;
        this.shown = shown;
        this.vpTokens = vpTokens;
        this.claims = claims;
        this.clock = clock;
    }

    /** Decides a check that was answered, or finds the verdict that it already has. */
    public VerdictRow decide(String checkId) {
        Optional<Case> undecided = Case.read(pool, vpTokens, checkId);
        if (undecided.isPresent()) {
            VerdictRow verdict = judge.judge(undecided.get());
            note(undecided.get(), verdict);
            if (write(undecided.get(), verdict)) {
                return verdict;
            }
        }
        return find(checkId).orElseThrow(() -> new CheckRefused(new Problem.UnknownCheck()));
    }

    /** Decides what a crash between the two steps left; returns how many. */
    public int decideAbandoned() {
        List<String> ids = new ArrayList<>();
        pool.preparedQuery("""
                        select check_id from check_response where not decided and received_at < $1
                        order by received_at limit $2""")
                .execute(Tuple.of(at(clock.instant().minus(ABANDONED)), MOST_AT_ONCE))
                .await()
                .forEach(row -> ids.add(row.getString("check_id")));
        ids.forEach(this::decide);
        return ids.size();
    }

    /** What a company showed and was accepted waits for the company's receipt, by its digest. */
    private void note(Case decided, VerdictRow verdict) {
        if (verdict.outcome() == VerdictRow.Outcome.ACCEPTED) {
            Set<String> queries = Report.queriesOfCompanies(verdict.report());
            decided.presented().forEach((query, presentations) -> {
                if (queries.contains(query)) {
                    presentations.forEach(each -> shown.note(decided.tenant(), decided.checkId(), each));
                }
            });
        }
    }

    /** One statement: the verdict is there exactly when what was shown is gone. False where another came first. */
    private boolean write(Case decided, VerdictRow verdict) {
        Instant asOf = verdict.trustAsOf();
        return pool.preparedQuery("""
                        with verdict as (
                          insert into check_verdict
                            (check_id, tenant, outcome, code, report, sealed_claims, trust_as_of, decided_at)
                          values ($1, $2, $3, $4, $5, $6, $7, $8)
                          on conflict (check_id) do nothing returning check_id)
                        update check_response a set decided = true, sealed_vp_token = null, vp_token = null
                        from verdict where a.check_id = verdict.check_id""")
                        .execute(Tuple.tuple()
                                .addString(decided.checkId())
                                .addString(decided.tenant())
                                .addString(verdict.outcome().text())
                                .addString(verdict.code())
                                .addString(Json.write(verdict.report()))
                                .addBuffer(
                                        verdict.outcome() == VerdictRow.Outcome.ACCEPTED
                                                ? claims.seal(
                                                        decided.tenant(),
                                                        decided.checkId(),
                                                        Json.write(verdict.claims()))
                                                : null)
                                .addValue(asOf == null ? null : at(asOf))
                                .addValue(at(verdict.decidedAt())))
                        .await()
                        .rowCount()
                == 1;
    }

    private Optional<VerdictRow> find(String checkId) {
        for (Row row : pool.preparedQuery("""
                        select outcome, code, report, trust_as_of, decided_at from check_verdict where check_id = $1""").execute(Tuple.of(checkId)).await()) {
            try {
                OffsetDateTime asOf = row.getOffsetDateTime("trust_as_of");
                return Optional.of(VerdictRow.stored(
                        VerdictRow.Outcome.of(row.getString("outcome")),
                        row.getString("code"),
                        Json.parseObject(row.getString("report")),
                        asOf == null ? null : asOf.toInstant(),
                        row.getOffsetDateTime("decided_at").toInstant()));
            } catch (JsonException unreadable) {
                throw new IllegalStateException("a verdict's row cannot be read", unreadable);
            }
        }
        return Optional.empty();
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
