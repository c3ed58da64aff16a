package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Narrator;
import city.elicence.city.setup.Party;
import city.elicence.company.dossier.DossierQuery;
import city.elicence.credentials.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever may not see a consignment gets the answer that there would be if it did not exist. */
class OutsiderTest {
    private static final int TIMES = 60;
    private static final int ROUNDS = 5;

    private final HttpClient http = HttpClient.newHttpClient();

    /** All of an answer that may not tell one case from the other. */
    private record Whole(int status, Map<String, List<String>> headers, String body) {
        static Whole of(HttpResponse<String> answer) {
            Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
            headers.keySet().removeIf(name -> List.of("date", "trace-id").contains(name));
            return new Whole(answer.statusCode(), headers, answer.body());
        }
    }

    /** What came of the same question many times. */
    private record Asked(TreeSet<String> answers, List<Long> nanos) {
        Asked() {
            this(new TreeSet<>(), new ArrayList<>());
        }

        long median() {
            List<Long> sorted = new ArrayList<>(nanos);
            Collections.sort(sorted);
            return sorted.get(sorted.size() / 2);
        }
    }

    @Test
    @DisplayName(
            "A reference that is not there and one that is forbidden: the same status, headers and body, no document read, roughly as long a time")
    void alike() throws Exception {
        try (StoryCity city = new StoryCity(
                TestCity.get().city(),
                Stories.all().getFirst(),
                new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Enterprise exporter = Enterprise.founded(city, "不为外人知有限公司（测试）", 1);
            exporter.receive("market-regulator", "business-licence", exporter.licence());
            String awb = city.madeUp().airWaybill();
            Map<String, Object> claims = city.claims("terminal-receipt", "awb", awb);
            exporter.file("airport", "terminal-receipt", claims);
            // The bank may ask about another consignment, and so has a consent in force; the insurer has none at all.
            exporter.consent(
                    "bank",
                    new JsonObject()
                            .put("type", city.city().issuerBase() + "/types/terminal-receipt")
                            .put("claims", new JsonArray().add("awb"))
                            .put("purpose", "test")
                            .put("reference", city.madeUp().airWaybill())
                            .put("until", Instant.now().plusSeconds(3600).toString())
                            .put("uses", 3));
            String absent = city.madeUp().airWaybill();
            try (Connection nobodyReads = documentsLocked()) {
                for (String outsider : List.of("insurer", "bank")) {
                    alike(exporter, outsider, absent, awb);
                }
                nobodyReads.rollback();
            }
        }
    }

    /** A real difference shows in every round, a busy machine's in some. */
    private void alike(Enterprise company, String outsider, String absent, String there) throws Exception {
        double slower = round(company, outsider, absent, there);
        for (int rounds = 1; rounds < ROUNDS && slower >= 1.5; rounds++) {
            slower = round(company, outsider, absent, there);
        }
        assertTrue(slower < 1.5, outsider + ": one takes " + slower + " times as long as the other");
    }

    private double round(Enterprise company, String outsider, String absent, String there) throws Exception {
        Asked nothing = new Asked();
        Asked forbidden = new Asked();
        // In turns: whatever else the machine does meanwhile slows the one as much as the other.
        for (int i = 0; i < TIMES; i++) {
            ask(company, outsider, absent, nothing);
            ask(company, outsider, there, forbidden);
        }
        assertEquals(
                1,
                nothing.answers().size(),
                () -> "one answer, such as " + nothing.answers().first());
        assertEquals(1, forbidden.answers().size());
        assertEquals(nothing.answers().first(), forbidden.answers().first(), outsider);
        return (double) Math.max(nothing.median(), forbidden.median()) / Math.min(nothing.median(), forbidden.median());
    }

    private void ask(Enterprise company, String outsider, String reference, Asked into) throws Exception {
        HttpRequest question = HttpRequest.newBuilder(
                        question(company, TestCity.get().city().party(outsider), reference), (name, value) -> true)
                .timeout(Duration.ofSeconds(20))
                .build();
        long begun = System.nanoTime();
        HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
        into.nanos().add(System.nanoTime() - begun);
        into.answers().add(Whole.of(answer).toString());
    }

    /** A question by reference, as that party signs it. */
    static HttpRequest question(Enterprise company, Party asker, String reference) throws Exception {
        URI dossier = URI.create(TestCity.get().city().companyWallet().base() + "/" + company.id() + "/dossier");
        String query = DossierQuery.sign(
                asker.signingKey(),
                asker.chain().toX5c(),
                dossier,
                UUID.randomUUID().toString(),
                reference,
                Instant.now());
        return HttpRequest.newBuilder(dossier)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of("query", query))))
                .build();
    }

    /** While this is open a question that reads a document has no answer within its time. */
    private static Connection documentsLocked() throws Exception {
        Connection connection = TestCity.database();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table company.document in access exclusive mode");
        }
        return connection;
    }
}
