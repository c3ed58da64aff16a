package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.demo.Holder;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import city.elicence.city.setup.CityFolder;
import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.ledger.audit.AuditTool;
import city.elicence.wallet.store.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person runs it, in a process of its own: killed in the middle, and played again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobTest {
    private static final int KILL_AFTER_LICENCES = 12;

    @TempDir
    static Path folder;

    private static int portBase;
    private static String deskLink = "";

    @Test
    @Order(1)
    @DisplayName(
            "kill -9 in the middle of issuing, then the demo again: exit 0, every licence once, none lost, none twice")
    void killed() throws Exception {
        portBase = TestCity.freeBase();
        Process first = demo();
        List<String> told = new ArrayList<>();
        try (BufferedReader out = reader(first)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("   citizen") || line.startsWith("   company")) {
                    told.add(line);
                }
                if (told.size() == KILL_AFTER_LICENCES) {
                    // Through its handle: the process object would close the pipe that is being read.
                    first.toHandle().destroyForcibly();
                }
            }
        }
        first.waitFor();
        assertTrue(told.size() >= KILL_AFTER_LICENCES, "the demo was killed while it issued");

        Process second = demo();
        String story;
        try (BufferedReader out = reader(second)) {
            story = String.join("\n", out.lines().toList());
        }
        assertEquals(0, second.waitFor(), story);
        for (String refusal : List.of(
                "refused: replayed",
                "refused: disclosure-not-signed",
                "refused: not-the-holder",
                "refused: issuer-chain-untrusted",
                "refused: asks-too-much")) {
            assertTrue(story.contains(refusal), refusal + " is missing in:\n" + story);
        }
        assertTrue(story.contains("./elicence up --data '" + folder + "' --port-base " + portBase), story);
        Matcher desk = Pattern.compile("issuer console  \\S+/#link=(\\S+)  \\(works once\\)")
                .matcher(story);
        assertTrue(desk.find(), story);
        deskLink = desk.group(1);
    }

    @Test
    @Order(2)
    @DisplayName("After it, wallets and issuers agree on every licence, one of each type")
    void agree() throws Exception {
        City.Settings settings = new City.Settings(
                CityFolder.at(folder), new Ports(TestCity.freeBase()), false, Clock.systemUTC(), part -> {});
        try (City city = City.start(settings)) {
            Map<String, Integer> held = new HashMap<>();
            for (String holder : List.of("citizen", "company")) {
                for (Card card : Holder.open(city, holder).wallet().cards()) {
                    // A mobile document is the same licence in another format.
                    if (card.type().contains("/")) {
                        held.merge(card.type().substring(card.type().lastIndexOf('/') + 1), 1, Integer::sum);
                    }
                }
            }
            Map<String, Integer> issued = new HashMap<>();
            for (Party party : city.parties()) {
                for (Object each : licences(city, party.id())) {
                    issued.merge(((JsonObject) each).getString("type"), 1, Integer::sum);
                }
            }
            assertEquals(issued, held);
            assertEquals(
                    new TreeSet<>(Catalogue.builtIn().types().stream()
                            .map(CredentialType::id)
                            .toList()),
                    new TreeSet<>(held.keySet()));
            held.forEach((type, count) -> assertEquals(1, count, type));
            assertEquals(
                    200, signIn(city), "the link that the demo printed opens the console of the city that runs now");
            assertEquals(401, signIn(city), "once");
            audited(city);
        }
    }

    @Test
    @Order(3)
    @DisplayName(
            "No personal data on the ledger and none in the logs: every claim value of every licence is looked for")
    void nothingPersonal() throws IOException {
        TreeSet<String> values = new TreeSet<>();
        Catalogue.builtIn().types().forEach(type -> collect(type.sample(), values));
        assertTrue(values.size() > 100, "there are values to look for");
        List<String> found = new ArrayList<>();
        for (String part : List.of("ledger", "logs")) {
            try (Stream<Path> files = Files.walk(folder.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                    values.stream()
                            .filter(content::contains)
                            .forEach(value -> found.add(
                                    folder.relativize(file) + " holds a claim of " + value.length() + " characters"));
                }
            }
        }
        assertFalse(Files.size(folder.resolve("logs/city.log")) == 0, "there is a log to look at");
        assertEquals(List.of(), found);
    }

    /** Texts that say something about somebody: long enough not to stand anywhere by chance, and not a word of a form. */
    private static void collect(Object value, Set<String> into) {
        if (value instanceof Map<?, ?> object) {
            object.values().forEach(inner -> collect(inner, into));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(inner, into));
        } else if (value instanceof String text
                && (text.length() >= 8 || isChineseName(text))
                && !isDate(text)
                && !isCode(text)) {
            into.add(text);
        }
    }

    /** A stranger with the genesis file, who asks the issuers for the proofs that their logs only grew. */
    private static void audited(City city) {
        List<String> report = new ArrayList<>();
        int code = AuditTool.run(
                city.genesisFile(),
                city.authorityKey().did(),
                new AuditTool.Beside(List.of(city.issuerBase()), List.of()),
                Clock.systemUTC(),
                report::add);
        assertEquals(AuditTool.CLEAN, code, report::toString);
        assertFalse(report.stream().anyMatch(line -> line.contains("gave no consistency proof")), report::toString);
    }

    private static boolean isChineseName(String text) {
        return text.length() >= 3 && text.codePoints().allMatch(c -> c >= 0x4e00 && c < 0xa000);
    }

    /** One of a type's choices, such as {@code released}: a word of the form, which says nothing about anybody. */
    private static boolean isCode(String text) {
        return text.matches("[a-z][a-z_-]*");
    }

    private static int signIn(City city) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(city.issuerBase() + "/api/sign-in"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("link", deskLink).encode()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static boolean isDate(String text) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}.*");
    }

    private static JsonArray licences(City city, String tenant) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(city.issuerBase() + "/api/" + tenant + "/licences"))
                .header("Authorization", "Bearer " + city.token(StaffRole.AUDITOR))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonObject(answer.body()).getJsonArray("licences");
    }

    private static Process demo() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        "city.elicence.city.Main",
                        "demo",
                        "--data",
                        folder.toString(),
                        "--port-base",
                        String.valueOf(portBase))
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
