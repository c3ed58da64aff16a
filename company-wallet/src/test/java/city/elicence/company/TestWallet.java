package city.elicence.company;

import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.receipt.Receipts;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.web.CutLine;
import city.elicence.web.DoorSettings;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.EmbeddedDatabase;
import city.elicence.web.database.ServiceDatabase;
import city.elicence.web.vault.Vault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The service with one company, on a database of its own at the end of a line; the ledger takes each head, and no party takes a receipt. */
final class TestWallet implements AutoCloseable {
    static final String COMPANY = "zhizao";
    private static final String PERSON = "lin-xiaoning";

    private static @Nullable EmbeddedDatabase server;

    /** The heads that the ledger has. */
    final List<LogHead> heads = new CopyOnWriteArrayList<>();

    final CutLine line;
    /** The database, past the line. */
    final Pool direct;

    final Vault vault;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SoftwareKey staffKey = SoftwareKey.generate();
    private final Pool through;
    private final CompanyWallet service;

    TestWallet() {
        DatabaseSettings settings = another();
        byte[] key = Vault.newDataKey();
        vault = new Vault(key);
        direct = ServiceDatabase.open(vertx, settings);
        line = new CutLine(settings);
        through = ServiceDatabase.pool(vertx, line.settings());
        service = CompanyWallet.start(
                vertx,
                new CompanySettings(
                        DoorSettings.local("company wallet", 0),
                        staffKey.publicKey(),
                        new CompanySettings.DataKey(key),
                        new Did("did:indy:beijing:7Tqg6BwSSWapxgUDm9KKgg")),
                new CompanyWallet.Surroundings(
                        through,
                        () -> TrustSnapshot.asOf(Instant.now()).build(),
                        heads::add,
                        new ClosedMailboxes(),
                        Clock.systemUTC()));
        service.enrol(
                new Company(COMPANY, "示例制造（测试）", "Sample works (test)", "91110000TEST000001"),
                List.of(new Person(PERSON, "林小宁（测试）", "0", true)));
    }

    private static synchronized DatabaseSettings another() {
        try {
            if (server == null) {
                EmbeddedDatabase started = EmbeddedDatabase.start(Files.createTempDirectory("company-postgres"), 0);
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                server = started;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DatabaseSettings first = server.settings("company");
        String name = "company_" + UUID.randomUUID().toString().substring(0, 8);
        Vertx vertx = Vertx.vertx();
        try {
            ServiceDatabase.pool(vertx, first)
                    .query("create database " + name)
                    .execute()
                    .await();
        } finally {
            vertx.close().await();
        }
        return new DatabaseSettings(first.host(), first.port(), name, first.user(), first.password(), first.schema());
    }

    /** An answer, with its header fields by name, whatever the case, and its body. */
    record Answer(int status, Map<String, List<String>> headers, Map<String, Object> json) {}

    URI base() {
        return service.base();
    }

    /** As the company's representative. */
    Answer signed(String method, String path) {
        String token = StaffToken.of(
                        PERSON, StaffRole.COMPANY, StaffToken.Use.ACCESS, Instant.now(), Duration.ofMinutes(30))
                .at(COMPANY)
                .mint(staffKey);
        return send(HttpRequest.newBuilder(service.base().resolve(path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** As anybody. */
    Answer post(String path, Map<String, Object> body) {
        return send(HttpRequest.newBuilder(service.base().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new JsonObject(body).encode())));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers().map(), new JsonObject(answer.body()).getMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        service.close();
        http.close();
        through.close().await();
        direct.close().await();
        line.close();
        vertx.close().await();
    }

    private static final class ClosedMailboxes implements Receipts.Mail {
        @Override
        public URI mailbox(String did) {
            return URI.create("https://party.example/receipts");
        }

        @Override
        public @Nullable Map<String, Object> post(URI mailbox, Map<String, Object> body) {
            return null;
        }
    }
}
