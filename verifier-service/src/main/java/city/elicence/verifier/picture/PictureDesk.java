package city.elicence.verifier.picture;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.SealedColumn;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a picture of what was shown in accepted checks: the verdicts' rows say that each was verified. */
public final class PictureDesk {
    private static final ZoneOffset CITY = ZoneOffset.ofHours(8);
    private static final int MOST_CHECKS = 200;

    private final Pool pool;
    private final SealedColumn claims;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public PictureDesk(Pool pool, SealedColumn claims, Clock clock) {
        this.pool = pool;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param type of the licences that are counted
     * @param key the claim that tells one from another
     * @param declared keys that the company itself lists: each is shown as confirmed or not, and never counted
     */
    public record Wanted(
            String tenant,
            List<String> checks,
            String type,
            ClaimPath key,
            ClaimPath counterparty,
            ClaimPath amount,
            ClaimPath due,
            List<String> declared) {
        public Wanted {
            if (checks.isEmpty() || checks.size() > MOST_CHECKS || declared.size() > MOST_CHECKS) {
                throw new CheckRefused(
                        new Problem.Malformed("expected checks: 1 to " + MOST_CHECKS + ", and as many declared"));
            }
            checks = List.copyOf(checks);
            declared = List.copyOf(declared);
        }
    }

    /** The picture as JSON. */
    public Map<String, Object> make(Wanted wanted) {
        Picture picture = new Picture(LocalDate.ofInstant(clock.instant(), CITY));
        try {
            for (String check : wanted.checks()) {
                count(picture, wanted, check);
            }
        } catch (Picture.ContradictionException e) {
            throw new CheckRefused(new Problem.NotUsable("contradiction", String.valueOf(e.getMessage())));
        }
        Map<String, Object> json = picture.toJson(() -> {
            byte[] salt = new byte[16];
            random.nextBytes(salt);
            return salt;
        });
        List<Map<String, Object>> declared = new ArrayList<>();
        for (String key : wanted.declared()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("key", key);
            each.put("state", picture.isConfirmed(key) ? "confirmed" : "unconfirmed");
            declared.add(each);
        }
        json.put("declared", declared);
        return json;
    }

    private void count(Picture picture, Wanted wanted, String check) throws Picture.ContradictionException {
        for (Row row : pool.preparedQuery("""
                        select v.outcome, v.report, v.sealed_claims, r.flow, b.returned_at
                        from check_verdict v join check_request r on r.id = v.check_id
                        left join check_return b on b.check_id = r.id
                        where v.check_id = $1 and v.tenant = $2 and r.delete_after > $3""")
                .execute(Tuple.of(check, wanted.tenant(), OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .await()) {
            boolean held = row.getString("flow").equals("same_device") && row.getOffsetDateTime("returned_at") == null;
            if (!"accepted".equals(row.getString("outcome")) || held) {
                throw new CheckRefused(
                        new Problem.NotUsable("check-not-accepted", "only what was shown and accepted is counted"));
            }
            try {
                count(
                        picture,
                        wanted,
                        Fields.parse(row.getString("report")),
                        Fields.parse(claims.open(row, wanted.tenant(), check).orElseThrow()));
            } catch (JsonException unreadable) {
                throw new IllegalStateException("a verdict's row cannot be read", unreadable);
            }
            return;
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }

    private static void count(Picture picture, Wanted wanted, Fields report, Fields claims)
            throws JsonException, Picture.ContradictionException {
        Map<String, Integer> next = new HashMap<>();
        for (Map<String, Object> presentation : report.objects("presentations")) {
            Fields each = Fields.of(presentation);
            String query = each.string("query");
            int index = next.merge(query, 1, Integer::sum) - 1;
            if (each.string("type").equals(wanted.type())) {
                picture.add(receivable(
                        wanted,
                        each.fields("issuer").string("did"),
                        claims.objects(query).get(index)));
            }
        }
    }

    private static Picture.Receivable receivable(Wanted wanted, String issuer, Map<String, Object> claims) {
        try {
            return new Picture.Receivable(
                    issuer,
                    String.valueOf(one(wanted.key(), claims)),
                    String.valueOf(one(wanted.counterparty(), claims)),
                    one(wanted.amount(), claims) instanceof Number amount ? amount.longValue() : -1,
                    LocalDate.parse(String.valueOf(one(wanted.due(), claims))),
                    digest(wanted.type(), issuer, claims));
        } catch (DateTimeException e) {
            throw new CheckRefused(new Problem.Malformed("expected due: a claim that is a date"));
        }
    }

    private static Object one(ClaimPath path, Map<String, Object> claims) {
        List<?> found = path.select(claims);
        if (found.size() != 1 || found.get(0) == null) {
            throw new CheckRefused(new Problem.NotUsable("claim-not-shown", "ask for " + path + " too"));
        }
        return found.get(0);
    }

    private static String digest(String type, String issuer, Map<String, Object> claims) {
        String whole = Json.writeSorted(Map.of("type", type, "issuer", issuer, "claims", claims));
        return Base64Url.encode(Sha256.of(whole.getBytes(StandardCharsets.UTF_8)));
    }
}
