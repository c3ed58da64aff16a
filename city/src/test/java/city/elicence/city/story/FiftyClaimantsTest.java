package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import city.elicence.city.demo.Showing;
import city.elicence.city.run.City;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.ledger.LedgerSigner;
import city.elicence.verifier.VerifierService;
import city.elicence.verifier.VerifierSettings;
import city.elicence.web.DoorSettings;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.ServiceDatabase;
import city.elicence.web.vault.Vault;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FiftyClaimantsTest {
    private static final JsonObject CLAIM = new JsonObject().put("check", "medical-invoice-claim");
    private static final int CLAIMANTS = 50;
    private static final int PATIENCE_TIMES = 10;

    @Test
    @DisplayName(
            "Fifty claims at the same instant, by two insurers at three verifier services with databases of their own, on one real ledger node: one wins")
    void oneWins() throws Exception {
        City city = TestCity.get().city();
        List<AutoCloseable> opened = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient();
                StoryCity stage = new StoryCity(
                        city,
                        Stories.all().getFirst(),
                        new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Person lin = stage.person("lin", "测试林众", LocalDate.of(1980, 2, 2), true);
            stage.issue(
                    "hospital",
                    "medical-invoice",
                    stage.claims(
                            "medical-invoice",
                            "invoice_number",
                            stage.madeUp().digits(10),
                            "patient_name",
                            lin.name(),
                            "id_number",
                            lin.number()),
                    lin.phone());
            SoftwareKey staff = SoftwareKey.generate();
            List<Desk> desks = new ArrayList<>(List.of(stage.verifier()));
            for (int i = 0; i < 2; i++) {
                VerifierService service = another(city, staff, opened);
                desks.add(new Desk(
                        http,
                        service.base(),
                        () -> StaffToken.of(
                                        "li",
                                        StaffRole.VERIFIER,
                                        StaffToken.Use.ACCESS,
                                        Instant.now(),
                                        Duration.ofMinutes(30))
                                .mint(staff)));
            }
            List<Callable<Desk.Answer>> claims = new ArrayList<>();
            for (Desk desk : desks) {
                Showing showing = new Showing(
                        desk, stage.camera(), new Narrator(new PrintStream(OutputStream.nullOutputStream())));
                for (String insurer : List.of("insurer", "insurer-b")) {
                    Showing.Outcome shown =
                            showing.online("fifty", CLAIM.copy().put("tenant", insurer), lin.phone(), false);
                    assertTrue(shown.accepted(), shown.json().encode());
                    String check = shown.json().getString("id");
                    for (int n = 0; n < CLAIMANTS / 6 + 1; n++) {
                        claims.add(() -> settled(
                                desk,
                                "/api/checks/" + check + "/uses?wait=20",
                                UUID.randomUUID().toString()));
                    }
                }
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Map<String, Long> outcomes = threads.invokeAll(claims.subList(0, CLAIMANTS)).stream()
                        .map(answer -> answer.resultNow())
                        .map(answer -> answer.json().getString("state") + " "
                                + answer.json().getString("code", ""))
                        .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
                assertEquals(Map.of("registered ", 1L, "refused used-already", CLAIMANTS - 1L), outcomes);
            }
        } finally {
            for (AutoCloseable each : opened.reversed()) {
                each.close();
            }
        }
    }

    /** The same claim sent again until it is no longer pending, as a client does on a slow day. */
    private static Desk.Answer settled(Desk desk, String path, String key) throws Exception {
        Desk.Answer answer = desk.once(path, new JsonObject(), key);
        for (int times = 1; times < PATIENCE_TIMES && answer.status() == 202; times++) {
            answer = desk.once(path, new JsonObject(), key);
        }
        return answer;
    }

    /** A further verifier service of the same city, with a database and a door of its own. */
    private static VerifierService another(City city, SoftwareKey staff, List<AutoCloseable> opened) throws Exception {
        String name = "verifier_" + UUID.randomUUID().toString().substring(0, 8);
        DatabaseSettings first = city.database();
        Pool admin = ServiceDatabase.pool(city.vertx(), first);
        admin.query("create database " + name)
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        admin.close().toCompletionStage().toCompletableFuture().join();
        Pool pool = ServiceDatabase.open(
                city.vertx(),
                new DatabaseSettings(first.host(), first.port(), name, first.user(), first.password(), "verifier"));
        opened.add(() -> pool.close().toCompletionStage().toCompletableFuture().join());
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, LedgerSigner> signers = new HashMap<>();
        Map<String, SoftwareKey> keys = new HashMap<>();
        city.parties().forEach(party -> {
            signers.put(party.did().value(), party.ledgerKey());
            keys.put(party.id(), party.signingKey());
        });
        VerifierService service = VerifierService.start(
                city.vertx(),
                VerifierSettings.usual(
                        DoorSettings.local("another verifier", port),
                        staff.publicKey(),
                        city.issuerBase().toString(),
                        true),
                new VerifierService.Surroundings(
                        pool,
                        city.follower(),
                        city.ledger(),
                        tenant -> Optional.ofNullable(keys.get(tenant)),
                        did -> Optional.ofNullable(signers.get(did.value())),
                        new Vault(Vault.newDataKey()),
                        city.clock()));
        opened.add(service);
        city.parties().forEach(party -> service.enrol(party.asVerifier()));
        return service;
    }
}
