package city.elicence.city.observe;

import city.elicence.credentials.trust.LogHead;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.view.Fact;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Numbers from the ledger alone: what was written on which day by whom, and by how much each log grew. */
final class Tally {
    private static final ZoneOffset CITY = ZoneOffset.ofHours(8);

    private final Map<LocalDate, Map<String, Long>> written = new TreeMap<>();
    private final Map<String, Map<LocalDate, Long>> logged = new TreeMap<>();
    private final Map<String, Map<LocalDate, Long>> used = new TreeMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    synchronized void count(LedgerTransaction transaction, Optional<Fact> fact) {
        LocalDate day = LocalDate.ofInstant(transaction.at(), CITY);
        String kind = fact.map(Tally::kind).orElse("other");
        // What came with the ledger bears no time: it was written on no day.
        if (!transaction.from().isEmpty()) {
            written.computeIfAbsent(day, any -> new TreeMap<>()).merge(kind, 1L, Long::sum);
        }
        if (fact.isPresent() && fact.get() instanceof Fact.HeadAnchored anchored) {
            LogHead head = anchored.head();
            long before = sizes.getOrDefault(head.did().value(), 0L);
            if (head.size() > before) {
                sizes.put(head.did().value(), head.size());
                logged.computeIfAbsent(head.did().value(), any -> new TreeMap<>())
                        .merge(day, head.size() - before, Long::sum);
            }
        }
        if (kind.equals("use")) {
            used.computeIfAbsent(transaction.from(), any -> new TreeMap<>()).merge(day, 1L, Long::sum);
        }
    }

    private static String kind(Fact fact) {
        return switch (fact) {
            case Fact.PartyPublished told -> "party";
            case Fact.Used told -> "use";
            case Fact.TypeNamed told -> "type";
            case Fact.TypePublished told -> "type";
            case Fact.Accredited told -> "accreditation";
            case Fact.HeadAnchored told -> "log-head";
            case Fact.ListsNamed told -> "status-list";
            case Fact.StatusAnchored told -> "status-head";
        };
    }

    synchronized JsonObject json() {
        JsonArray days = new JsonArray();
        written.forEach((day, kinds) -> days.add(
                new JsonObject().put("day", day.toString()).put("written", new JsonObject(new TreeMap<>(kinds)))));
        return new JsonObject()
                .put("days", days)
                .put("logged", rows(logged, "issuer"))
                .put("used", rows(used, "party"));
    }

    private static JsonArray rows(Map<String, Map<LocalDate, Long>> counted, String who) {
        JsonArray rows = new JsonArray();
        counted.forEach((party, days) -> days.forEach((day, count) -> rows.add(
                new JsonObject().put(who, party).put("day", day.toString()).put("count", count))));
        return rows;
    }
}
