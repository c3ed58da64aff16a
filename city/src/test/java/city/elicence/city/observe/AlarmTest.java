package city.elicence.city.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerSigner;
import city.elicence.web.DoorSettings;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of alarm, planted on a real ledger and read from the dashboard by its name. */
@TestInstance(Lifecycle.PER_CLASS)
class AlarmTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Observer.Pace BRISK =
            new Observer.Pace(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpClient http = HttpClient.newHttpClient();
    private final SoftwareKey signing = SoftwareKey.generate();

    private Path folder;

    private SmallLedger small;
    private Office office;
    private ObserverProcess observer;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        small = new SmallLedger(folder.resolve("shared"));
        office = new Office();
        observer = observe(small);
    }

    @AfterAll
    void stop() throws Exception {
        observer.close();
        office.close();
        small.close();
        http.close();
    }

    private static ObserverProcess observe(SmallLedger ledger) throws Exception {
        return ObserverProcess.start(
                new ObserverProcess.Settings(
                        ledger.genesisFile(),
                        SmallLedger.NAMESPACE,
                        DoorSettings.local("observer", 0),
                        List.of(),
                        BRISK,
                        null),
                Clock.systemUTC());
    }

    private JsonObject seen(ObserverProcess by) throws Exception {
        return new JsonObject(http.send(
                        HttpRequest.newBuilder(URI.create(by.door().base() + "/api/oversight"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private List<JsonObject> alarms(ObserverProcess by, String kind, String about) throws Exception {
        return seen(by).getJsonArray("alarms").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("kind").equals(kind)
                        && each.getString("what").contains(about))
                .toList();
    }

    private void raised(String kind, String about) throws Exception {
        ObserverTest.until(WITHIN, () -> !alarms(observer, kind, about).isEmpty());
    }

    /** Raised once and, after it is so no longer, marked as ended. */
    private void ended(String kind, String about, int times) throws Exception {
        ObserverTest.until(
                WITHIN, () -> alarms(observer, kind, about).stream().allMatch(each -> each.containsKey("ended")));
        assertEquals(times, alarms(observer, kind, about).size(), kind);
    }

    private static String random32() {
        return Base64Url.encode(bytes());
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private String token(URI list, Instant issued, Duration validFor) {
        return StatusListToken.signByHolder(
                StatusList.ofSize(1, 1_024),
                new StatusListToken.Terms(list, issued, validFor, Duration.ofSeconds(1), office.at("/police/status")),
                signing);
    }

    @Test
    @DisplayName(
            "A status list past its end, one of a time to come, one that is none, one older than the ledger's, one that is not served: each alarm by its name, once, ended when it is served again, and raised anew")
    void served() throws Exception {
        LedgerSigner police = small.issuer();
        String path = "/police/status/1";
        URI list = office.at(path);
        String about = list.toString();
        Instant anchored = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        office.put(path, token(list, anchored, Duration.ofHours(1)));
        TestCity.done(small.ledger()
                .putStatusHead(
                        new StatusHead(police.did(), list, anchored.getEpochSecond(), random32(), anchored), police));
        String good = token(list, Instant.now(), Duration.ofHours(1));
        for (int times = 1; times <= 2; times++) {
            office.put(path, token(list, anchored.plusSeconds(times), Duration.ofSeconds(60)));
            ObserverTest.until(WITHIN, unended("status-stale", about, times));
            office.put(path, good);
            ended("status-stale", about, times);

            office.put(path, token(list, Instant.now().plusSeconds(3600 + times), Duration.ofHours(1)));
            ObserverTest.until(WITHIN, unended("status-dated-ahead", about, times));
            office.put(path, good);
            ended("status-dated-ahead", about, times);

            office.put(path, good.substring(0, good.lastIndexOf('.')) + "<html>");
            ObserverTest.until(WITHIN, unended("status-unreadable", about, times));
            office.put(path, good);
            ended("status-unreadable", about, times);

            office.put(path, token(list, anchored.minusSeconds(times), Duration.ofHours(1)));
            ObserverTest.until(WITHIN, unended("status-rolled-back", about, times));
            office.put(path, good);
            ended("status-rolled-back", about, times);

            office.remove(path);
            ObserverTest.until(WITHIN, unended("status-unreachable", about, times));
            office.put(path, good);
            ended("status-unreachable", about, times);
        }
        assertTrue(seen(observer).getBoolean("believed"));
    }

    @Test
    @DisplayName("An office that answers with a byte a second is one that does not answer, and silences nothing")
    void slow() throws Exception {
        LedgerSigner slow = small.issuer();
        String path = "/slow/status/1";
        URI list = office.at(path);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        office.put(path, token(list, now, Duration.ofHours(1)));
        office.slowDown(path);
        TestCity.done(small.ledger()
                .putStatusHead(new StatusHead(slow.did(), list, now.getEpochSecond(), random32(), now), slow));
        raised("status-unreachable", list.toString());
        LedgerSigner stranger = small.key();
        head(stranger, 1);
        raised("issuer-not-accredited", stranger.did().value());
        office.remove(path);
    }

    private Callable<Boolean> unended(String kind, String about, int times) {
        return () -> {
            List<JsonObject> all = alarms(observer, kind, about);
            return all.size() == times && !all.getFirst().containsKey("ended");
        };
    }

    @Test
    @DisplayName("A use by a key that nobody accredited, and by an issuer who may not ask; a verifier's raises nothing")
    void uses() throws Exception {
        LedgerSigner stranger = small.key();
        LedgerSigner issuer = small.issuer();
        LedgerSigner bank = small.key();
        small.accredit(bank.did(), Instant.now(), Role.VERIFIER);
        for (LedgerSigner each : List.of(bank, stranger, issuer)) {
            TestCity.done(small.ledger().writeUse(Nullifier.of("invoice", bytes()), bytes(), each));
        }
        raised("use-not-accredited", stranger.did().value());
        raised("use-not-accredited", issuer.did().value());
        assertEquals(
                1,
                alarms(observer, "use-not-accredited", stranger.did().value()).size());
        assertEquals(
                List.of(), alarms(observer, "use-not-accredited", bank.did().value()));
    }

    @Test
    @DisplayName("A right dated back, and a version of a type with a second digest, are each an alarm by its name")
    void authority() throws Exception {
        LedgerSigner office = small.key();
        small.accredit(office.did(), Instant.now().minus(Duration.ofDays(3)), Role.ISSUER);
        raised("grant-backdated", office.did().value());
        for (int version : new int[] {1, 2, 1}) {
            TestCity.done(small.ledger()
                    .publishType(
                            new TypeRecord("permit", version, "https://types.example/permit", random32()),
                            Set.of("name"),
                            small.authority()));
        }
        raised("type-changed", "permit");
    }

    @Test
    @DisplayName(
            "A head that its issuer does not prove, one that it proves falsely, a fork, a shorter log and one by nobody accredited: each by its name")
    void logs() throws Exception {
        LedgerSigner police = small.issuer();
        String did = police.did().value();
        URI list = office.at("/logs-of-police/status/1");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        office.put("/logs-of-police/status/1", token(list, now, Duration.ofHours(1)));
        TestCity.done(small.ledger()
                .putStatusHead(new StatusHead(police.did(), list, now.getEpochSecond(), random32(), now), police));
        head(police, 5);
        head(police, 8);
        raised("log-not-proven", did);
        office.put("/logs/" + did + "/consistency", "{\"proof\":[\"" + random32() + "\"]}");
        raised("log-not-consistent", did);
        head(police, 8);
        raised("log-forked", did);
        head(police, 7);
        raised("log-shrank", did);
        LedgerSigner stranger = small.key();
        head(stranger, 1);
        raised("issuer-not-accredited", stranger.did().value());
    }

    private void head(LedgerSigner issuer, long size) {
        head(issuer, size, random32());
    }

    private void head(LedgerSigner issuer, long size, String root) {
        TestCity.done(small.ledger().putLogHead(new LogHead(issuer.did(), size, root, Instant.now()), issuer));
    }

    @Test
    @DisplayName(
            "A wallet provider, who has no status list, names its log in its DID document: proven without any address given; falsely proven, or named nowhere, an alarm")
    void provider() throws Exception {
        LedgerSigner provider = small.key();
        LedgerSigner silent = small.key();
        for (LedgerSigner each : List.of(provider, silent)) {
            small.accredit(each.did(), Instant.now(), Role.WALLET_PROVIDER);
        }
        TestCity.done(small.ledger()
                .publishDocument(DidDocument.of(provider.did(), List.of()).withLog(office.at("/wallets")), provider));
        byte[] first = bytes();
        byte[] second = bytes();
        String path = "/wallets/logs/" + provider.did().value() + "/consistency";
        // RFC 9162 §2.1.4.1: from one entry to two, the proof is the second's hash.
        office.put(path, "{\"proof\":[\"" + Base64Url.encode(second) + "\"]}");
        long proven = seen(observer).getLong("heads_proven");
        byte[] both =
                ByteBuffer.allocate(65).put((byte) 1).put(first).put(second).array();
        head(provider, 1, Base64Url.encode(first));
        head(provider, 2, Base64Url.encode(Sha256.of(both)));
        ObserverTest.until(WITHIN, () -> seen(observer).getLong("heads_proven") > proven);
        head(silent, 1);
        head(silent, 2);
        raised("log-not-proven", silent.did().value());
        String did = provider.did().value();
        assertEquals(List.of(), alarms(observer, "log-not-proven", did));
        assertEquals(List.of(), alarms(observer, "log-not-consistent", did));
        head(provider, 3);
        raised("log-not-consistent", did);
    }

    @Test
    @DisplayName(
            "A ledger whose node is stopped is an alarm, which ends when the node is there again; nothing was lost")
    void unreachable() throws Exception {
        SmallLedger own = new SmallLedger(folder.resolve("stopped"));
        try (ObserverProcess watching = observe(own)) {
            long size = own.size();
            ObserverTest.until(WITHIN, () -> seen(watching).getLong("transactions") == size);
            own.stop();
            ObserverTest.until(
                    WITHIN, () -> !alarms(watching, "ledger-unreachable", "").isEmpty());
            own.start("first");
            own.key();
            ObserverTest.until(
                    WITHIN,
                    () -> alarms(watching, "ledger-unreachable", "").getFirst().containsKey("ended")
                            && seen(watching).getLong("transactions") == own.size());
            assertEquals(1, seen(watching).getLong("alarms_total"));
        } finally {
            own.close();
        }
    }

    @ParameterizedTest(name = "{0}: {1} transactions since, and then {2}")
    @CsvSource({"another past, 2, 2", "a shorter one, 2, 1", "a longer one, 1, 2"})
    @DisplayName("A node that goes on with another history, signed by its right key, is caught and believed no more")
    void contradiction(String name, int first, int second) throws Exception {
        SmallLedger own = new SmallLedger(folder.resolve(name));
        try {
            own.stop();
            own.copy("first", "second");
            own.start("second");
            keys(own, second);
            own.stop();
            own.start("first");
            keys(own, first);
            try (ObserverProcess watching = observe(own)) {
                long size = own.size();
                ObserverTest.until(WITHIN, () -> seen(watching).getLong("transactions") == size);
                own.stop();
                own.start("second");
                ObserverTest.until(
                        WITHIN,
                        () -> !alarms(watching, "ledger-contradicts-itself", "").isEmpty());
                assertEquals(false, seen(watching).getBoolean("believed"));
                assertEquals(
                        1, alarms(watching, "ledger-contradicts-itself", "").size());
            }
        } finally {
            own.close();
        }
    }

    private static void keys(SmallLedger ledger, int count) throws Exception {
        for (int made = 0; made < count; made++) {
            ledger.key();
        }
    }
}
