package city.elicence.city.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Narrator;
import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.city.story.Person;
import city.elicence.city.story.Stories;
import city.elicence.city.story.Story;
import city.elicence.city.story.StoryCity;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.ledger.view.LedgerView;
import city.elicence.web.DoorSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The regulator's observer against a real city: it is given the genesis file, and finds out the rest. */
@TestInstance(Lifecycle.PER_CLASS)
class ObserverTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private City city;
    private ObserverProcess observer;

    @BeforeAll
    void start() throws Exception {
        city = TestCity.get().city();
        observer = ObserverProcess.start(
                new ObserverProcess.Settings(
                        city.genesisFile(),
                        city.authorityKey().did().namespace(),
                        DoorSettings.local("observer", 0),
                        List.of(
                                city.issuerBase(),
                                city.verifierBase(),
                                city.companyWallet().base()),
                        Observer.Pace.USUAL,
                        city.authorityKey()),
                Clock.systemUTC());
        long size = city.ledger().size();
        until(WITHIN, () -> seen().getLong("transactions") >= size);
    }

    @AfterAll
    void stop() {
        observer.close();
        http.close();
    }

    private JsonObject seen() throws Exception {
        return new JsonObject(get("/api/oversight").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(observer.door().base() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> act(String verb, String key, JsonObject body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(observer.door().base() + "/api/" + verb))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private boolean alarmed(String kind, String who) throws Exception {
        return seen().getJsonArray("alarms").stream()
                .map(JsonObject.class::cast)
                .anyMatch(alarm -> alarm.getString("kind").equals(kind)
                        && alarm.getString("what").contains(who));
    }

    static void until(Duration patience, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!so.call()) {
            assertTrue(System.nanoTime() < end, "not within " + patience);
            Thread.sleep(100);
        }
    }

    private static String randomRoot() {
        byte[] root = new byte[32];
        new SecureRandom().nextBytes(root);
        return Base64Url.encode(root);
    }

    @Test
    @DisplayName(
            "A forged head, a rolled-back one, a second one for a size, and one by nobody accredited: each raises its alarm")
    void heads() throws Exception {
        Party federation = city.party("disabled-persons-federation");
        LedgerView view = city.follower().catchUp();
        long size = view.newestLogHead(federation.did()).map(LogHead::size).orElse(0L);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long forged = size + 5_000;
        String who = federation.did().value();
        TestCity.done(city.ledger()
                .putLogHead(new LogHead(federation.did(), forged, randomRoot(), now), federation.ledgerKey()));
        TestCity.done(city.ledger()
                .putLogHead(new LogHead(federation.did(), forged + 1, randomRoot(), now), federation.ledgerKey()));
        until(WITHIN, () -> alarmed("log-not-proven", who) || alarmed("log-not-consistent", who));
        TestCity.done(city.ledger()
                .putLogHead(new LogHead(federation.did(), forged, randomRoot(), now), federation.ledgerKey()));
        until(WITHIN, () -> alarmed("log-forked", who));
        TestCity.done(city.ledger()
                .putLogHead(new LogHead(federation.did(), forged - 7, randomRoot(), now), federation.ledgerKey()));
        until(WITHIN, () -> alarmed("log-shrank", who));
        Party police = city.party("police");
        TestCity.done(city.ledger().putLogHead(new LogHead(police.did(), 1, randomRoot(), now), police.ledgerKey()));
        until(WITHIN, () -> alarmed("issuer-not-accredited", police.did().value()));
    }

    @Test
    @DisplayName("A status list rolled back on the ledger raises its alarm")
    void statusLists() throws Exception {
        Party federation = city.party("disabled-persons-federation");
        URI list = URI.create(city.issuerBase() + "/nobody/status/77");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long version = now.getEpochSecond();
        for (long each : new long[] {version, version - 100}) {
            TestCity.done(city.ledger()
                    .putStatusHead(
                            new StatusHead(federation.did(), list, each, randomRoot(), now), federation.ledgerKey()));
        }
        until(WITHIN, () -> alarmed("status-rolled-back", list.toString()));
    }

    @Test
    @DisplayName(
            "The authority freezes an issuer: verifiers refuse it within seconds; lifted, they accept it again; without the key nothing happens")
    void freezes() throws Exception {
        try (StoryCity stage = new StoryCity(
                city, Stories.all().getFirst(), new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Person wang = stage.person("wang", "测试王芳", LocalDate.of(1990, 5, 6), false);
            stage.issue("civil-affairs", "marriage-certificate", stage.claims("marriage-certificate"), wang.phone());
            JsonObject check = stage.about("贷款", "marriage-certificate", "certificate_number");
            stage.accepted("bank", check, wang.phone());
            String did = city.party("civil-affairs").did().value();
            JsonObject body = new JsonObject()
                    .put("did", did)
                    .put("since", Instant.now().minus(Duration.ofDays(3)).toString());
            assertEquals(401, act("freeze", "guess", body).statusCode());
            assertEquals(
                    400,
                    act("freeze", observer.door().key(), new JsonObject().put("did", "x"))
                            .statusCode());
            stage.accepted("bank", check, wang.phone());
            long begun = System.nanoTime();
            assertEquals(200, act("freeze", observer.door().key(), body).statusCode());
            try {
                until(
                        WITHIN,
                        () -> stage.ask("bank", check, wang.phone()).code().equals("issuer-frozen"));
                System.out.println("frozen by the authority, refused by a bank after "
                        + (System.nanoTime() - begun) / 1_000_000 + " ms");
                until(
                        WITHIN,
                        () -> seen().getJsonArray("parties").stream()
                                .map(JsonObject.class::cast)
                                .anyMatch(party ->
                                        party.getString("did").equals(did) && party.containsKey("frozen_since")));
            } finally {
                assertEquals(200, act("lift", observer.door().key(), body).statusCode());
            }
            until(WITHIN, () -> stage.ask("bank", check, wang.phone()).accepted());
        }
    }

    @Test
    @DisplayName(
            "Consents used are counted by day and by who received, and name no company; the wallet provider's log is proven, and raises no alarm")
    void consents() throws Exception {
        Story story = Stories.named("ekyc").orElseThrow();
        Narrator narrator = new Narrator(new PrintStream(OutputStream.nullOutputStream()));
        try (StoryCity stage = new StoryCity(city, story, narrator)) {
            story.play(stage, narrator);
        }
        String bank = city.party("bank-b").did().value();
        until(
                WITHIN,
                () -> seen().getJsonArray("reports").stream()
                        .map(JsonObject.class::cast)
                        .flatMap(each -> each.getJsonArray("consents_used", new JsonArray()).stream())
                        .map(JsonObject.class::cast)
                        .anyMatch(used -> used.getString("verifier").equals(bank)
                                && used.getLong("count") >= 2
                                && used.fieldNames().equals(Set.of("verifier", "day", "count"))));
        String provider = city.party("wallet-provider").did().value();
        assertEquals(
                city.companyWallet().base(),
                city.ledger()
                        .document(city.party("wallet-provider").did())
                        .orElseThrow()
                        .log());
        until(
                WITHIN,
                () -> seen().getJsonArray("parties").stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(party -> party.getString("did").equals(provider) && party.getLong("entries") > 0));
        // Longer than an unproven head waits before it is an alarm.
        Thread.sleep(6_000);
        assertFalse(
                alarmed("log-not-proven", provider) || alarmed("issuer-not-accredited", provider),
                () -> "an alarm about " + provider);
    }

    @Test
    @DisplayName("The dashboard counts by type, issuer and day, and shows nobody")
    void counts() throws Exception {
        try (StoryCity stage = new StoryCity(
                city, Stories.all().getFirst(), new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Person li = stage.person("li", "测试李观察", LocalDate.of(1985, 3, 12), true);
            // Twice, so that there are two heads of one log of which the second is to be proven.
            for (int times = 0; times < 2; times++) {
                stage.issue(
                        "public-security-bureau",
                        "resident-id-card",
                        stage.claims(
                                "resident-id-card",
                                "name",
                                li.name(),
                                "sex",
                                li.sex(),
                                "birth_date",
                                li.born().toString(),
                                "id_number",
                                li.number()),
                        li.phone());
            }
            until(WITHIN, () -> seen().getJsonArray("reports").encode().contains("resident-id-card"));
            JsonObject now = seen();
            JsonArray days = now.getJsonObject("ledger").getJsonArray("days");
            assertFalse(days.isEmpty());
            assertTrue(days.getJsonObject(0).getString("day").compareTo("2026") > 0, days::encode);
            assertTrue(now.getJsonArray("parties").size() >= 24);
            until(WITHIN, () -> seen().getLong("heads_proven") > 0);
            assertFalse(now.encode().contains(li.number()) || now.encode().contains(li.name()));
        }
        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        assertTrue(
                page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'none'"));
        assertFalse(page.body().replace("http://www.w3.org/2000/svg", "").contains("http"), "asks nobody else");
    }
}
