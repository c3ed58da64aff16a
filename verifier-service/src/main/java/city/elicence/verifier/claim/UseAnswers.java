package city.elicence.verifier.claim;

import city.elicence.credentials.use.UseBook;
import city.elicence.credentials.use.UseEntry;
import city.elicence.credentials.use.UseRefusal;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.SealedColumn;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Uses as the API shows them. Who else has used a licence is told to nobody; that it is used, to whom it was shown. */
public final class UseAnswers {
    private final Vertx vertx;
    private final Pool pool;
    private final SealedColumn claims;
    private final LedgerReader ledger;
    private final UseDesk desk;
    private final Clock clock;

    public UseAnswers(Vertx vertx, Pool pool, SealedColumn claims, LedgerReader ledger, UseDesk desk, Clock clock) {
        this.vertx = vertx;
        this.pool = pool;
        this.claims = claims;
        this.ledger = ledger;
        this.desk = desk;
        this.clock = clock;
    }

    /** One use. */
    public Map<String, Object> of(UseClaim claim) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", claim.id());
        json.put("tenant", claim.tenant());
        json.put("check", claim.checkId());
        json.put("type", claim.type());
        json.put("kind", claim.purpose());
        json.put("act", word(claim.entry()));
        json.put("amount", claim.entry().amount());
        put(json, "of", claim.ofClaim());
        Instant until = claim.entry().until();
        put(json, "until", until == null ? null : until.toString());
        json.put("state", claim.settled() ? claim.state().text() : "pending");
        json.put("created_at", claim.createdAt().toString());
        put(json, "seq_no", claim.seqNo());
        Instant at = claim.registeredAt();
        put(json, "registered_at", at == null ? null : at.toString());
        put(json, "rank", claim.rank());
        put(json, "remaining", claim.freeAfter());
        if (claim.code() != null) {
            refusal(json, claim);
        }
        return json;
    }

    private void refusal(Map<String, Object> json, UseClaim claim) {
        json.put("error", "use_refused");
        json.put("code", claim.code());
        Optional<UseRefusal> refusal = Arrays.stream(UseRefusal.values())
                .filter(each -> each.code().equals(claim.code()))
                .findFirst();
        json.put(
                "error_description",
                refusal.map(UseRefusal::en).orElse("The ledger does not let this party register a use."));
        refusal.ifPresent(each -> {
            json.put("sentence", Map.of("zh", each.zh(), "en", each.en()));
            json.put("next_step", Map.of("zh", each.nextStepZh(), "en", each.nextStepEn()));
        });
        List<String> own = desk.own(claim.tenant(), claim.book());
        if (!own.isEmpty()) {
            json.put("yours", own);
        }
    }

    /** The book of what a check showed, as the ledger has it now. */
    public Map<String, Object> book(String tenant, String checkId, @Nullable String query) {
        Shown shown = Shown.find(pool, claims, tenant, checkId, query, clock.instant());
        UseBook book = open(shown);
        Instant now = clock.instant();
        List<String> own = desk.own(tenant, shown.secret().bookId());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", shown.type());
        json.put("kind", shown.purpose());
        json.put("cap", shown.rule().cap());
        json.put("used", book.used(now));
        json.put("reserved", book.reserved(now));
        json.put("remaining", book.free(now));
        put(
                json,
                "reserved_until",
                book.reservedUntil(now).map(Instant::toString).orElse(null));
        List<Map<String, Object>> lines = new ArrayList<>();
        for (UseBook.Reading reading : book.readings(now)) {
            Map<String, Object> line = new LinkedHashMap<>();
            reading.entry().ifPresent(entry -> {
                line.put("act", word(entry));
                line.put("amount", entry.amount());
            });
            line.put("at", reading.at().toString());
            line.put("holds", reading.holds());
            reading.refusal().ifPresent(refusal -> line.put("void", refusal.code()));
            lines.add(line);
        }
        json.put("lines", lines);
        json.put("yours", own);
        json.put("as_of", now.toString());
        return json;
    }

    private UseBook open(Shown shown) {
        return vertx.executeBlocking(
                        () -> {
                            try {
                                return UseLedger.open(ledger, shown.secret(), shown.rule())
                                        .book();
                            } catch (LedgerException unanswered) {
                                throw new CheckRefused(new Problem.NotYet());
                            }
                        },
                        false)
                .await();
    }

    private static String word(UseEntry entry) {
        return entry.act().name().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
