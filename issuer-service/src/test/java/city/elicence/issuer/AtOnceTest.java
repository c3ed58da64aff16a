package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two acts on one licence at once come one after the other, and the second knows what the first did")
class AtOnceTest {
    private static final String TYPE = "driving-licence";

    private final TestCity city = new TestCity();
    private final Store store = new Store(city.pool());
    private final Desk desk = new Desk(city, city.police);
    private RawWallet wallet = new RawWallet(city.clock);

    @BeforeEach
    void open() {
        wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    @DisplayName("A wallet and a clerk who offers the licence again meet at its lock: who came second is refused")
    void offeredAgainMeanwhile() throws Exception {
        for (boolean walletFirst : new boolean[] {true, false}) {
            Http.Answer offer = desk.offer(TYPE);
            wallet.tokenFor(RawWallet.offer(offer.string("link")));
            String licence = Desk.ordered(offer).getFirst();
            Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), SoftwareKey.generate());
            Callable<Http.Answer> take = () -> wallet.credential(request);
            Callable<Http.Answer> again = () -> desk.post("licences/" + licence + "/offers", Map.of());
            List<Http.Answer> answers = whileLocked(
                    "select 1 from offered_licence where id = $1 for update",
                    licence,
                    walletFirst ? take : again,
                    walletFirst ? again : take);
            assertEquals(walletFirst ? 200 : 201, answers.getFirst().status());
            assertEquals(
                    walletFirst ? "wrong_state" : "invalid_token",
                    answers.getLast().error());
        }
    }

    @Test
    @DisplayName(
            "A licence that is revoked or suspended at this moment has no successor, and one that has one is neither")
    void replacedMeanwhile() throws Exception {
        for (String act : List.of("revoke", "suspend")) {
            for (boolean replacedFirst : new boolean[] {true, false}) {
                String licence = issued();
                Callable<Http.Answer> replace =
                        () -> desk.post("licences/" + licence + "/replacements", Map.of("changes", Map.of()));
                Callable<Http.Answer> change = () -> desk.change(licence, act, "lost");
                List<Http.Answer> answers = whileLocked(
                        "select 1 from licence where id = $1 for update",
                        licence,
                        replacedFirst ? replace : change,
                        replacedFirst ? change : replace);
                assertEquals(replacedFirst ? 201 : 200, answers.getFirst().status());
                assertEquals("wrong_state", answers.getLast().error());
                assertEquals(
                        replacedFirst || act.equals("revoke") ? "revoked" : "suspended",
                        desk.get("licences/" + licence).string("state"));
            }
        }
    }

    @Test
    @DisplayName(
            "RFC 6749 §4.1.2: once a code used twice is refused, no token issued from it obtains anything any more")
    void codeUsedAgainMeanwhile() throws Exception {
        for (boolean walletFirst : new boolean[] {true, false}) {
            Http.Answer ordered = desk.offer(TYPE);
            Map<String, Object> offer = RawWallet.offer(ordered.string("link"));
            wallet.tokenFor(offer);
            RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()));
            Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), SoftwareKey.generate());
            RawWallet other = new RawWallet(city.clock).discover(city.issuer(city.police));
            Callable<Http.Answer> take = () -> wallet.credential(request);
            Callable<Http.Answer> useAgain = () -> other.tokenFor(offer);
            List<Http.Answer> answers = whileLocked(
                    walletFirst
                            ? "select 1 from licence where id = $1 for update"
                            : "select 1 from access_grant where $1 = any(licences) for update",
                    Desk.ordered(ordered).getFirst(),
                    walletFirst ? take : useAgain,
                    walletFirst ? useAgain : take);
            Http.Answer taken = walletFirst ? answers.getFirst() : answers.getLast();
            Http.Answer usedAgain = walletFirst ? answers.getLast() : answers.getFirst();
            assertEquals("invalid_grant", usedAgain.error());
            assertEquals(walletFirst ? 200 : 401, taken.status());
            assertEquals("invalid_token", wallet.credential(request).error());
        }
    }

    @Test
    @DisplayName("What one clerk declines, another cannot carry out at the same moment: the licence stays as it was")
    void declinedMeanwhile() throws Exception {
        String registry = city.enrol("housing-authority");
        Desk titles = new Desk(city, registry);
        String type = "real-estate-title";
        Http.Answer made = second(registry, "proposals/" + titles.offer(type).string("proposal") + "/approve");
        Map<String, Object> offer = Desk.list(made, "offers").getFirst();
        RawWallet holder = new RawWallet(city.clock).discover(city.issuer(registry));
        holder.tokenFor(RawWallet.offer(RawWallet.text(offer, "link")));
        RawWallet.credentials(holder.credential(type, SoftwareKey.generate()));
        String licence = Desk.firstLicence(offer);
        assertEquals(200, titles.change(licence, "revoke", "court order").status());
        List<Http.Answer> answers = whileLocked(
                "select 1 from second_person where licence_id = $1 for update",
                licence,
                () -> titles.change(licence, "decline", "wrong file"),
                () -> second(registry, "licences/" + licence + "/revoke"));
        assertEquals(200, answers.getFirst().status());
        Http.Answer asked = answers.getLast();
        assertEquals("valid", asked.string("state"), asked::text);
        assertEquals("clerk 8", RawWallet.text(RawWallet.object(asked.json(), "second_person"), "asked_by"));
        assertEquals("valid", titles.get("licences/" + licence).string("state"));
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 §9: a wallet asks anew while it fetches what was deferred: both are answered, and the newest transaction stands")
    void deferredMeanwhile() throws Exception {
        String endpoint = wallet.endpoint("deferred_credential_endpoint");
        for (boolean fetchedFirst : new boolean[] {true, false}) {
            Http.Answer offer = desk.offer(Map.of("ready_in_seconds", 600L), TYPE);
            wallet.tokenFor(RawWallet.offer(offer.string("link")));
            String transaction = wallet.credential(TYPE, SoftwareKey.generate()).string("transaction_id");
            Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), SoftwareKey.generate());
            Callable<Http.Answer> fetch = () -> wallet.call(endpoint, Map.of("transaction_id", transaction));
            Callable<Http.Answer> askAnew = () -> wallet.credential(request);
            List<Http.Answer> answers = whileLocked(
                    "select 1 from offered_licence where id = $1 for update",
                    Desk.ordered(offer).getFirst(),
                    fetchedFirst ? fetch : askAnew,
                    fetchedFirst ? askAnew : fetch);
            Http.Answer fetched = fetchedFirst ? answers.getFirst() : answers.getLast();
            Http.Answer anew = fetchedFirst ? answers.getLast() : answers.getFirst();
            assertEquals(202, anew.status(), anew::text);
            assertEquals(fetchedFirst ? 202 : 400, fetched.status(), fetched::text);
            assertEquals(
                    "invalid_transaction_id",
                    wallet.call(endpoint, Map.of("transaction_id", transaction)).error());
            Map<String, Object> newest = Map.of("transaction_id", anew.string("transaction_id"));
            assertEquals(202, wallet.call(endpoint, newest).status());
        }
    }

    @Test
    @DisplayName(
            "A licence is renewed, or its holder's lost phone replaced, while the holder's death is entered: both acts are answered, and nothing new stands")
    void deadMeanwhile() throws Exception {
        Desk clinic = new Desk(city, city.enrol("hospital"));
        for (String act : List.of("licences/%s/replacements", "recoveries")) {
            String number = ActsTest.number();
            Map<String, Object> driving = new LinkedHashMap<>(desk.sample(TYPE));
            driving.put("id_number", number);
            String licence = issued(desk.order(TYPE, driving));
            Map<String, Object> death = new LinkedHashMap<>(clinic.sample("death-certificate"));
            List.of("sex", "birth_date").forEach(same -> death.put(same, driving.get(same)));
            death.put("deceased_id_number", number);
            List<Http.Answer> answers = whileLocked(
                    "select 1 from licence where id = $1 for update",
                    licence,
                    () -> desk.post(act.formatted(licence), Map.of("changes", Map.of(), "number", number)),
                    () -> clinic.order("death-certificate", death));
            assertEquals(201, answers.getLast().status(), answers.getLast()::text);
            Http.Answer made = answers.getFirst();
            if (made.status() == 201) {
                assertEquals("revoked", desk.get("licences/" + licence).string("state"));
                wallet.tokenFor(
                        RawWallet.offer(RawWallet.text(Desk.list(made, "offers").getFirst(), "link")));
                assertEquals(
                        "credential_request_denied",
                        wallet.credential(TYPE, SoftwareKey.generate()).error());
            } else {
                // The death went first.
                assertEquals("wrong_state", made.error());
                assertEquals("suspended", desk.get("licences/" + licence).string("state"));
            }
        }
    }

    private Http.Answer second(String tenant, String path) {
        return Http.postJson(
                city.base() + "/api/" + tenant + "/" + path,
                Map.of("reason", "court order"),
                "Authorization",
                "Bearer " + city.clerkTokenAt(tenant));
    }

    private String issued() {
        return issued(desk.offer(TYPE));
    }

    private String issued(Http.Answer offer) {
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()));
        return Desk.ordered(offer).getFirst();
    }

    /** Holds a lock until two calls wait, each behind the one before it; their answers once it is let go. */
    private List<Http.Answer> whileLocked(
            String lock, String id, Callable<Http.Answer> first, Callable<Http.Answer> second) throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Http.Answer>> answers = store.transaction(rows -> {
                assertEquals(1, rows.all(lock, id).size());
                int holder =
                        rows.one("select pg_backend_pid() as pid").orElseThrow().getInteger("pid");
                Future<Http.Answer> begun = two.submit(first);
                waitForBehind(holder, 1);
                Future<Http.Answer> begunNext = two.submit(second);
                waitForBehind(holder, 2);
                return List.of(begun, begunNext);
            });
            return List.of(answers.getFirst().get(), answers.getLast().get());
        }
    }

    /** Until so many connections wait for this one, or for one that does. */
    private void waitForBehind(int holder, long count) {
        Rows rows = store.direct();
        for (int i = 0; i < 600; i++) {
            long waiting = rows.one("""
                            with recursive behind (pid) as (
                                select $1::int
                                union select a.pid from pg_stat_activity a
                                    join behind b on b.pid = any(pg_blocking_pids(a.pid)))
                            select count(*) - 1 as n from behind
                            """, holder).orElseThrow().getLong("n");
            if (waiting == count) {
                return;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("expected " + count + " acts that wait");
    }
}
