package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Narrator;
import city.elicence.city.setup.Party;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A use of a standing consent and its receipt are written together, and before the answer leaves. */
class LastUseTest {
    private static final int USES = 5;
    private static final int AT_ONCE = 40;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @DisplayName(
            "Of forty questions at once under a consent for five uses five are answered, and there are five receipts; "
                    + "where the receipt can not be written nothing is shown and no use is counted")
    void exact() throws Exception {
        try (StoryCity city = new StoryCity(
                TestCity.get().city(),
                Stories.all().getFirst(),
                new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Enterprise exporter = Enterprise.founded(city, "五次为限有限公司（测试）", 1);
            exporter.receive("market-regulator", "business-licence", exporter.licence());
            String awb = city.madeUp().airWaybill();
            exporter.file("airport", "terminal-receipt", city.claims("terminal-receipt", "awb", awb));
            String consent = exporter.consent(
                    "bank",
                    new JsonObject()
                            .put("type", city.city().issuerBase() + "/types/terminal-receipt")
                            .put("claims", new JsonArray().add("awb"))
                            .put("purpose", "test")
                            .put("until", Instant.now().plusSeconds(3600).toString())
                            .put("uses", USES));
            receiptsFail(exporter, true);
            try {
                assertEquals(Map.of(500, 3L), ask(exporter, awb, 3));
            } finally {
                receiptsFail(exporter, false);
            }
            assertEquals(0, used(consent));
            assertTrue(exporter.receipts().isEmpty());

            assertEquals(Map.of(200, (long) USES, 404, (long) AT_ONCE - USES), ask(exporter, awb, AT_ONCE));
            assertEquals(USES, used(consent));
            assertEquals(USES, exporter.receipts().size());
        }
    }

    /** How many of so many questions at once were answered with which status. */
    private Map<Integer, Long> ask(Enterprise company, String reference, int times) throws Exception {
        Party bank = TestCity.get().city().party("bank");
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(http.sendAsync(
                    OutsiderTest.question(company, bank, reference), HttpResponse.BodyHandlers.ofString()));
        }
        Map<Integer, Long> statuses = new TreeMap<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            statuses.merge(answer.get().statusCode(), 1L, Long::sum);
        }
        return statuses;
    }

    /** The database refuses this company's receipts, and no others. */
    private static void receiptsFail(Enterprise company, boolean fail) throws Exception {
        run(
                fail
                        ? """
                        create function company.no_receipt() returns trigger language plpgsql as
                          $$ begin raise exception 'planted'; end $$;
                        create trigger no_receipt before insert on company.statement for each row
                          when (new.company = '%s' and new.kind = 'receipt') execute function company.no_receipt()
                        """.formatted(company.id())
                        : "drop trigger no_receipt on company.statement; drop function company.no_receipt()");
    }

    private static int used(String consent) throws Exception {
        try (Connection connection = TestCity.database();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select used from company.consent where id = '" + consent + "'")) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }

    private static void run(String sql) throws Exception {
        try (Connection connection = TestCity.database();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
