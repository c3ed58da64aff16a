package city.elicence.verifier.claim;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Lifecycle;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.use.UseRule;
import city.elicence.credentials.use.UseSecret;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.SealedColumn;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A licence of an accepted check that may be used: the verdict's row says that it was accepted, and holds the secret that was
 * shown.
 *
 * @param secretText the secret's claim, as shown
 * @param whole what one use takes when no amount is named: all, or one time
 */
record Shown(
        String type, String issuer, String purpose, String secretText, UseSecret secret, UseRule rule, long whole) {
    /** After that a licence may have been revoked: it has to be shown again. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    /** The one credential of the check that may be used, or the one of the query. */
    static Shown find(
            Pool pool, SealedColumn claims, String tenant, String checkId, @Nullable String query, Instant now) {
        for (Row row : pool.preparedQuery("""
                        select v.outcome, v.report, v.sealed_claims, v.decided_at, r.flow, b.returned_at
                        from check_verdict v join check_request r on r.id = v.check_id
                        left join check_return b on b.check_id = r.id
                        where v.check_id = $1 and v.tenant = $2 and r.delete_after > $3""")
                .execute(Tuple.of(checkId, tenant, OffsetDateTime.ofInstant(now, ZoneOffset.UTC)))
                .await()) {
            boolean held = row.getString("flow").equals("same_device") && row.getOffsetDateTime("returned_at") == null;
            if (!"accepted".equals(row.getString("outcome")) || held) {
                throw refused("check-not-accepted", "only what was shown and accepted can be used");
            }
            if (row.getOffsetDateTime("decided_at").toInstant().plus(FRESH).isBefore(now)) {
                throw refused("check-too-old", "it was shown too long ago: ask to be shown it again");
            }
            return read(
                    row.getString("report"), claims.open(row, tenant, checkId).orElseThrow(), query);
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }

    private static Shown read(String report, String claims, @Nullable String query) {
        try {
            Fields shown = Fields.parse(claims);
            List<Shown> usable = new ArrayList<>();
            for (Map<String, Object> presentation : Fields.parse(report).objects("presentations")) {
                Fields each = Fields.of(presentation);
                String id = each.string("query");
                Optional<CredentialType> type = Catalogue.builtIn().type(each.string("type"));
                Lifecycle.UseOnce use =
                        type.map(found -> found.lifecycle().useOnce()).orElse(null);
                if (use != null && (query == null || query.equals(id))) {
                    List<Map<String, Object>> credentials = shown.objects(id);
                    if (each.flag("unusable")) {
                        throw refused("not-usable", "the licence itself says so: it is voided, disputed or paid");
                    }
                    if (credentials.size() != 1) {
                        throw refused("several-shown", "one licence is used at a time: ask for one");
                    }
                    usable.add(of(each.string("type"), each.fields("issuer").string("did"), use, credentials.get(0)));
                }
            }
            if (usable.size() != 1) {
                throw usable.isEmpty()
                        ? refused("nothing-to-use", "nothing was shown that can be used once")
                        : refused("several-shown", "several were shown: say which by query");
            }
            return usable.get(0);
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a verdict's row cannot be read", unreadable);
        }
    }

    private static Shown of(String type, String issuer, Lifecycle.UseOnce use, Map<String, Object> claims)
            throws JsonException {
        List<?> secrets = use.secret().select(claims);
        if (secrets.size() != 1 || !(secrets.get(0) instanceof String secret)) {
            throw refused("secret-not-shown", "ask for " + use.secret() + " too: without it nothing can be used");
        }
        UseRule rule = use.rule(claims)
                .orElseThrow(() -> refused("cap-not-shown", "ask for " + use.amount() + " too: it caps all uses"));
        return new Shown(
                type,
                issuer,
                use.kind(),
                secret,
                UseSecret.parse(use.kind(), secret),
                rule,
                use.amount() == null ? 1 : rule.cap());
    }

    static CheckRefused refused(String code, String sentence) {
        return new CheckRefused(new Problem.NotUsable(code, sentence));
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "Shown[" + type + "]";
    }
}
