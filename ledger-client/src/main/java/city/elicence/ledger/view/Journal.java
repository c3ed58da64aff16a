package city.elicence.ledger.view;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.ledger.indy.TransactionTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a follower learnt, one JSON object a line: up to which transaction, when, the ledger's tree there, and the facts. A line
 * torn by a crash is cut off, since the ledger will tell it again.
 */
final class Journal {

    /** What the journal holds. */
    record State(Facts facts, TransactionTree tree) {}

    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    State read() throws IOException {
        Facts facts = Facts.none();
        TransactionTree tree = TransactionTree.empty();
        if (!Files.exists(file)) {
            return new State(facts, tree);
        }
        List<String> whole = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                Fields fields = Fields.parse(line);
                List<Fact> more = new ArrayList<>();
                for (Map<String, Object> fact : fields.objects("facts")) {
                    more.add(fact(fact));
                }
                long seqNo = fields.longValue("seqNo");
                tree = new TransactionTree(seqNo, fields.strings("frontier"));
                facts = facts.with(more, seqNo, fields.time("asOf"));
                whole.add(line);
            } catch (JsonException | IllegalArgumentException e) {
                Files.write(file, whole);
                break;
            }
        }
        return new State(facts, tree);
    }

    void append(List<Fact> more, Facts now, TransactionTree tree) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seqNo", now.seqNo());
        line.put("asOf", now.asOf().toString());
        line.put("frontier", tree.frontier());
        line.put("facts", more.stream().map(Journal::json).toList());
        Files.writeString(file, Json.write(line) + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Map<String, Object> json(Fact fact) {
        return switch (fact) {
            case Fact.PartyPublished published -> Map.of("party", published.id());
            case Fact.Used used -> Map.of("used", used.id());
            case Fact.TypeNamed named -> Map.of("typeNamed", named.id());
            case Fact.Accredited accredited -> Map.of("accreditation", LedgerJson.write(accredited.accreditation()));
            case Fact.TypePublished published -> Map.of("type", LedgerJson.write(published.type()));
            case Fact.HeadAnchored anchored -> Map.of("log", LedgerJson.write(anchored.head()));
            case Fact.StatusAnchored anchored -> Map.of("status", LedgerJson.write(anchored.head()));
            case Fact.ListsNamed named ->
                Map.of(
                        "lists",
                        Map.of(
                                "did", named.issuer().value(),
                                "uris",
                                        named.lists().stream()
                                                .map(URI::toString)
                                                .toList()));
        };
    }

    private static Fact fact(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        String kind = json.isEmpty() ? "" : json.keySet().iterator().next();
        return switch (kind) {
            case "party" -> new Fact.PartyPublished(fields.string(kind));
            case "used" -> new Fact.Used(fields.string(kind));
            case "typeNamed" -> new Fact.TypeNamed(fields.string(kind));
            case "accreditation" -> new Fact.Accredited(LedgerJson.accreditation(fields.object(kind)));
            case "type" -> new Fact.TypePublished(LedgerJson.type(fields.object(kind)));
            case "log" -> new Fact.HeadAnchored(LedgerJson.logHead(fields.object(kind)));
            case "status" -> new Fact.StatusAnchored(LedgerJson.statusHead(fields.object(kind)));
            case "lists" ->
                new Fact.ListsNamed(
                        Did.parse(fields.fields(kind).string("did")),
                        fields.fields(kind).strings("uris").stream()
                                .map(URI::create)
                                .toList());
            default -> throw new JsonException("expected a fact");
        };
    }

    /** The time up to which nothing new was seen, so that a restart does not forget it. */
    void touch(Facts now, TransactionTree tree) throws IOException {
        if (now.asOf().isAfter(Instant.EPOCH)) {
            append(List.of(), now, tree);
        }
    }
}
