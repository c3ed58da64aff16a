package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.memory.Fault;
import city.elicence.ledger.memory.MemoryLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a wallet was told it has is there after every fault, and nothing is issued twice")
class CrashTest {
    private static final String TYPE = "driving-licence";
    private final FaultyPool faults = new FaultyPool();
    private final SoftwareKey key = SoftwareKey.generate();
    private TestCity city = new TestCity(limits -> limits, null, faults::around);
    private Desk desk = new Desk(city, city.police);
    private RawWallet wallet = new RawWallet(city.clock);

    @BeforeEach
    void open() {
        desk = new Desk(city, city.police);
        wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    @DisplayName(
            "Token: the answer is lost after the commit; the code is then used up, and the clerk makes a new offer")
    void tokenAnswerLost() {
        Map<String, Object> offer = desk.offered(TYPE);
        faults.failNext(FaultyPool.Fault.PERSISTED);
        Http.Answer lost = wallet.tokenFor(offer);
        assertEquals(503, lost.status());
        assertTrue(lost.json().containsKey("trace_id"));
        assertEquals("invalid_grant", wallet.tokenFor(offer).error());
    }

    @Test
    @DisplayName("Token: nothing was written; the wallet asks again and gets its token")
    void tokenNotWritten() {
        Map<String, Object> offer = desk.offered(TYPE);
        faults.failNext(FaultyPool.Fault.NOT_PERSISTED);
        assertEquals(503, wallet.tokenFor(offer).status());
        assertEquals(200, wallet.tokenFor(offer).status());
    }

    @Test
    @DisplayName(
            "Credential: the answer is lost after the commit; asked again, with restart, the same credential comes")
    void credentialAnswerLost() {
        wallet.tokenFor(desk.offered(TYPE));
        faults.failNext(FaultyPool.Fault.PERSISTED);
        assertEquals(503, wallet.credential(TYPE, key).status());
        assertEquals(1, desk.licences("").size());
        city.restart();
        String credential = RawWallet.credentials(wallet.credential(TYPE, key)).getFirst();
        assertEquals(
                credential, RawWallet.credentials(wallet.credential(TYPE, key)).getFirst());
        assertEquals(1, desk.licences("").size());
        assertEquals(1L, desk.licences("").getFirst().get("copies"));
    }

    @Test
    @DisplayName("Credential: nothing was written; asked again it is issued, once")
    void credentialNotWritten() {
        wallet.tokenFor(desk.offered(TYPE));
        faults.failNext(FaultyPool.Fault.NOT_PERSISTED);
        assertEquals(503, wallet.credential(TYPE, key).status());
        assertEquals(0, desk.licences("").size());
        assertEquals(1, RawWallet.credentials(wallet.credential(TYPE, key)).size());
        assertEquals(1, desk.licences("").size());
    }

    @Test
    @DisplayName("Revocation: the answer is lost after the commit; the licence is revoked, and a second try says so")
    void revocationAnswerLost() {
        Http.Answer offer = desk.offer(TYPE);
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        RawWallet.credentials(wallet.credential(TYPE, key));
        String licence = Desk.ordered(offer).getFirst();
        faults.failNext(FaultyPool.Fault.PERSISTED);
        assertEquals(503, desk.change(licence, "revoke", "lost").status());
        assertEquals("wrong_state", desk.change(licence, "revoke", "lost").error());
        assertEquals("revoked", desk.get("licences/" + licence).string("state"));
    }

    @Test
    @DisplayName(
            "Two requests at once with one token: the same keys get the same credential, of two keys one is refused")
    void atOnce() throws Exception {
        wallet.tokenFor(desk.offered(TYPE));
        Set<String> same = new HashSet<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Http.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), key);
                answers.add(two.submit(() -> wallet.credential(request)));
            }
            for (Future<Http.Answer> answer : answers) {
                same.addAll(RawWallet.credentials(answer.get()));
            }
        }
        assertEquals(1, same.size());
        assertEquals(1, desk.licences("").size());
    }

    @Test
    @DisplayName(
            "The ledger is down: licences are issued and revoked all the same; when it is back, everything gets there")
    void ledgerDown() throws Exception {
        city.ledger.fault(Fault.UNREACHABLE);
        Http.Answer offer = desk.offer(TYPE);
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        String jwt = jwt(RawWallet.credentials(wallet.credential(TYPE, key)).getFirst());
        assertEquals(
                200,
                desk.change(Desk.ordered(offer).getFirst(), "suspend", "check").status());
        waitFor(() -> Boolean.FALSE.equals(desk.get("anchoring").json().get("ledger_reachable")));
        assertEquals(404, receipt(jwt).status());
        city.ledger.fault(Fault.NONE);
        city.clock.move(Duration.ofMinutes(1));
        waitFor(() -> receipt(jwt).status() == 200);
        waitFor(() -> Long.valueOf(0).equals(desk.get("anchoring").json().get("waiting")));
        assertTrue(Receipt.fromJson(receipt(jwt).json()).proves(jwt));
        assertEquals(1, city.ledger.statusLists(did()).size());
    }

    @Test
    @DisplayName("The ledger took a head and its answer was lost: the head is read back, not sent again")
    void ledgerAnswerLost() throws Exception {
        long before = city.ledger.size();
        wallet.tokenFor(desk.offered(TYPE));
        city.ledger.fault(Fault.ANSWER_LOST);
        String jwt = jwt(RawWallet.credentials(wallet.credential(TYPE, key)).getFirst());
        waitFor(() -> Boolean.FALSE.equals(desk.get("anchoring").json().get("ledger_reachable")));
        city.ledger.fault(Fault.NONE);
        city.clock.move(Duration.ofMinutes(1));
        waitFor(() -> receipt(jwt).status() == 200);
        waitFor(() -> Long.valueOf(0).equals(desk.get("anchoring").json().get("waiting")));
        // One log head; and of the new status list its head, and its entry among the issuer's lists.
        assertEquals(before + 3, city.ledger.size());
    }

    private Did did() {
        return MemoryLedger.signer("beijing", city.police).did();
    }

    private Http.Answer receipt(String jwt) {
        String digest = Base64Url.encode(RawWallet.sha256(jwt));
        return Http.postJson(city.issuer(city.police) + "/receipts", Map.of("digest", digest));
    }

    private static String jwt(String credential) {
        return credential.substring(0, credential.indexOf('~'));
    }

    /** Something that will be so, or the test fails. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void waitFor(Condition condition) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("did not become so within 30 seconds");
    }
}
