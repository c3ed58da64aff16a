package city.elicence.city.story.knows;

import city.elicence.city.demo.Holder;
import city.elicence.city.demo.Narrator;
import city.elicence.city.run.City;
import city.elicence.credentials.json.Json;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerTransaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Who could learn what. A story names its facts (claim values) and who is meant to know each; at its end every party's wallet,
 * everything it was told, the ledger's transactions as an observer reads them, the ledger node's files, every table of every
 * service's database and the log are searched for every fact. What is found must be what was meant: no more, and no less.
 */
public final class WhoKnows implements AutoCloseable {
    /** The places where no fact may ever be, whoever knows it. */
    public static final List<String> NEVER = List.of("ledger node", "observer", "databases", "log");

    private final City city;
    private final long firstTransaction;
    private final StoryLog log = StoryLog.listen();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Holder> holders = new LinkedHashMap<>();
    private final Map<String, StringBuilder> heard = new LinkedHashMap<>();
    private final Map<String, Callable<String>> more = new LinkedHashMap<>();

    /** A value, what it is called in the table, and who is meant to know it. */
    private record Fact(String what, String value, Set<String> knownTo) {}

    /** For one play of a story. */
    public WhoKnows(City city) {
        this.city = city;
        this.firstTransaction = 1;
    }

    /**
     * Names a fact.
     *
     * @param value a claim's value, long enough not to stand anywhere by chance
     * @param knownTo {@code holder NAME}, {@code issuer TENANT}, {@code verifier TENANT} or a {@link #place}
     */
    public void fact(String what, String value, String... knownTo) {
        if (value.length() < 3) {
            throw new IllegalArgumentException(
                    "a value of " + value.length() + " characters stands anywhere by chance");
        }
        facts.add(new Fact(what, value, new TreeSet<>(List.of(knownTo))));
    }

    /** Notes what a party was told. */
    public void heard(String party, String text) {
        heard.computeIfAbsent(party, any -> new StringBuilder()).append(text).append('\n');
    }

    /** A further place to look at: another service's answers, an observer's state. */
    public void place(String name, Callable<String> content) {
        more.put(name, content);
    }

    /** A wallet of the story. */
    public void holder(String who, Holder holder) {
        holders.put("holder " + who, holder);
    }

    /** Searches everywhere, tells what was found, and ends the story if it is not what was meant. */
    public void look(Narrator narrator) throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        facts.forEach(fact -> found.put(fact.what(), new TreeSet<>()));
        for (Map.Entry<String, Holder> holder : holders.entrySet()) {
            search(holder.getKey(), String.valueOf(holder.getValue().cards()), found);
        }
        heard.forEach((party, text) -> search(party, text.toString(), found));
        for (Map.Entry<String, Callable<String>> place : more.entrySet()) {
            search(place.getKey(), place.getValue().call(), found);
        }
        search("observer", ledgerAsRead(), found);
        search("ledger node", files(city.folder().ledger()), found);
        search("log", log.text(), found);
        databases(found);
        List<String> wrong = new ArrayList<>();
        for (Fact fact : facts) {
            Set<String> knows = found.getOrDefault(fact.what(), Set.of());
            narrator.line(String.format("%-34s %s", fact.what(), String.join(", ", knows)));
            if (!knows.equals(fact.knownTo())) {
                wrong.add(fact.what() + " is meant for " + fact.knownTo() + " and was found with " + knows);
            }
        }
        narrator.line(String.join(", ", NEVER) + ": none of it");
        if (!wrong.isEmpty()) {
            throw new StoryFailed(String.join("; ", wrong));
        }
    }

    private void search(String place, String text, Map<String, Set<String>> found) {
        for (Fact fact : facts) {
            if (text.contains(fact.value())) {
                found.computeIfAbsent(fact.what(), any -> new TreeSet<>()).add(place);
            }
        }
    }

    /** Every transaction, and the texts of attributes, which transactions name by digest alone. */
    private String ledgerAsRead() throws LedgerException {
        StringBuilder text = new StringBuilder();
        long size = city.ledger().size();
        for (long seqNo = firstTransaction; seqNo <= size; seqNo++) {
            LedgerTransaction transaction = city.ledger().transaction(seqNo).orElseThrow();
            text.append(Json.write(transaction.content())).append('\n');
        }
        return text.toString();
    }

    private static String files(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private void databases(Map<String, Set<String>> found) throws SQLException {
        Set<String> there = new StoryTables(city.database())
                .holding(facts.stream().map(Fact::value).distinct().toList());
        for (Fact fact : facts) {
            if (there.contains(fact.value())) {
                found.computeIfAbsent(fact.what(), any -> new TreeSet<>()).add("databases");
            }
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
