package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.staff.StaffRole;
import city.elicence.ledger.memory.Fault;
import city.elicence.ledger.memory.MemoryLedger;
import city.elicence.verifier.UsedLicence.Asked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UseTest {
    private final TestCity city = TestCity.city();

    private TestApi.Answer use(Asked asked, Map<String, Object> body) {
        return use(asked, body, UUID.randomUUID().toString());
    }

    private TestApi.Answer use(Asked asked, Map<String, Object> body, String key) {
        return city.api()
                .post("/api/checks/" + asked.checkId() + "/uses?wait=25", body, Map.of("Idempotency-Key", key));
    }

    private TestApi.Answer then(TestApi.Answer earlier, String verb, Map<String, Object> body) {
        return city.api()
                .post(
                        "/api/uses/" + earlier.string("id") + "/" + verb + "?wait=25",
                        body,
                        Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    }

    private static void is(int status, TestApi.Answer answer) {
        assertEquals(status, answer.status(), answer.body());
    }

    private static void refused(String code, TestApi.Answer answer) {
        is(409, answer);
        assertEquals(code, answer.string("code"), answer.body());
        assertEquals("use_refused", answer.string("error"));
    }

    @Test
    @DisplayName(
            "An invoice is claimed once: not again by the same insurer, which is told its own, nor by another, which is not told whose")
    void once() {
        UsedLicence invoice = UsedLicence.invoice(city, 9_360);
        Asked insurer = invoice.showTo("insurer");
        Asked bank = invoice.showTo("bank");
        TestApi.Answer first = use(insurer, Map.of(), "claim-77");
        is(201, first);
        assertEquals("registered", first.string("state"));
        assertEquals(9_360L, first.json().get("amount"));
        assertEquals(0L, first.json().get("remaining"));

        TestApi.Answer repeated = use(insurer, Map.of(), "claim-77");
        is(200, repeated);
        assertEquals(first.string("id"), repeated.string("id"));
        is(409, use(insurer, Map.of("amount", 5), "claim-77"));

        TestApi.Answer again = use(invoice.showTo("insurer"), Map.of());
        refused("used-already", again);
        assertEquals(List.of(first.string("id")), again.json().get("yours"));
        TestApi.Answer other = use(bank, Map.of());
        refused("used-already", other);
        assertFalse(other.json().containsKey("yours"));
        for (TestApi.Answer told : List.of(other, city.api().get("/api/checks/" + bank.checkId() + "/uses"))) {
            assertFalse(told.body().contains(city.insurer.did().base58()), told.body());
            assertFalse(told.body().contains("insurer"), told.body());
            assertFalse(told.body().contains(invoice.secret()), "the secret stays inside");
        }
    }

    @Test
    @DisplayName(
            "Partial claims leave a remainder that the next party shown the invoice is told; more than it is refused by name")
    void partly() {
        UsedLicence invoice = UsedLicence.invoice(city, 10_000);
        TestApi.Answer first = use(invoice.showTo("insurer"), Map.of("amount", 6_000));
        is(201, first);
        assertEquals(4_000L, first.json().get("remaining"));
        Asked bank = invoice.showTo("bank");
        TestApi.Answer book = city.api().get("/api/checks/" + bank.checkId() + "/uses");
        is(200, book);
        assertEquals(4_000L, book.json().get("remaining"));
        assertEquals(6_000L, book.json().get("used"));
        assertEquals(List.of(), book.json().get("yours"));
        TestApi.Answer tooMuch = use(bank, Map.of("amount", 4_001));
        refused("remainder-too-small", tooMuch);
        assertEquals(4_000L, tooMuch.json().get("remaining"));
        is(201, use(bank, Map.of("amount", 4_000)));
        refused("used-already", use(invoice.showTo("insurer"), Map.of("amount", 1)));
        refused("not-releasable", then(first, "release", Map.of()));
    }

    @Test
    @DisplayName("A reservation keeps others out; who made it confirms less and the rest is free, or gives it back")
    void reserved() {
        UsedLicence invoice = UsedLicence.confirmation(city, 1_000_000);
        Asked bank = invoice.showTo("bank");
        TestApi.Answer held = use(bank, Map.of("act", "reserve", "hold_for", 3600));
        is(201, held);
        Asked insurer = invoice.showTo("insurer");
        refused("reserved", use(insurer, Map.of("amount", 1)));
        assertTrue(city.api()
                .get("/api/checks/" + insurer.checkId() + "/uses")
                .json()
                .containsKey("reserved_until"));
        TestApi.Answer advance = then(held, "confirm", Map.of("amount", 800_000));
        is(201, advance);
        assertEquals(200_000L, advance.json().get("remaining"));
        refused("reservation-ended", then(held, "confirm", Map.of("amount", 1)));
        is(201, then(advance, "release", Map.of("amount", 300_000)));
        TestApi.Answer rest = then(advance, "release", Map.of());
        is(201, rest);
        assertEquals(1_000_000L, rest.json().get("remaining"), "repaid in full, it can be financed again");
        is(201, use(insurer, Map.of()));
    }

    @Test
    @DisplayName(
            "What cannot be used is refused by name before anything is sent: voided, secret or cap not asked for, refused check")
    void notUsable() {
        refused("not-usable", use(UsedLicence.voided(city, 500).showTo("insurer"), Map.of()));
        UsedLicence invoice = UsedLicence.invoice(city, 500);
        refused("secret-not-shown", use(invoice.showTo("insurer", "patient_paid"), Map.of()));
        refused("cap-not-shown", use(invoice.showTo("insurer", "claim_secret"), Map.of()));
        TestApi.Answer licence = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(licence.string("link"));
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        Asked driving = new Asked(licence.string("id"));
        is(404, use(driving, Map.of()));
        RawWallet.respond(request, "driving_licence", RawWallet.present(held, request, "may_drive_car"));
        refused("nothing-to-use", use(driving, Map.of()));
        TestIssuer.Held forged = city.impostor.issue(TestCity.INVOICE, invoice.claims());
        refused(
                "check-not-accepted",
                use(new UsedLicence(city, TestCity.INVOICE, forged, invoice.claims()).showTo("insurer"), Map.of()));
    }

    @Test
    @DisplayName(
            "The client's own key is required; another party's uses are not to be seen; amounts and times have limits")
    void form() {
        Asked asked = UsedLicence.invoice(city, 700).showTo("insurer");
        is(400, city.api().post("/api/checks/" + asked.checkId() + "/uses", Map.of()));
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("amount", 0),
                Map.of("amount", 1L << 48),
                Map.of("act", "release"),
                Map.of("act", "reserve"),
                Map.of("hold_for", 100),
                Map.of("act", "reserve", "hold_for", 5),
                Map.of("whom", "me"))) {
            is(400, use(asked, bad));
        }
        TestApi.Answer made = use(asked, Map.of());
        is(201, made);
        TestApi bank = city.api(city.api(city.staff(StaffRole.ADMIN))
                .post("/api/tenants/bank/back-ends", Map.of("label", "claims"))
                .string("secret"));
        is(404, bank.get("/api/uses/" + made.string("id")));
        is(404, bank.get("/api/checks/" + asked.checkId() + "/uses"));
        assertFalse(bank.get("/api/uses").body().contains(made.string("id")));
        String trail = city.api(city.staff(StaffRole.AUDITOR))
                .get("/api/audit?limit=1000")
                .body();
        assertTrue(trail.contains("\"event\":\"use_asked\"") && trail.contains("\"event\":\"use_settled\""));
    }

    @Test
    @DisplayName("The ledger is down: the answer is 'not yet', never yes; when it is back, the use is registered, once")
    void notYet() throws Exception {
        Asked asked = UsedLicence.invoice(city, 800).showTo("insurer");
        for (Fault fault : List.of(Fault.UNREACHABLE, Fault.ANSWER_LOST)) {
            String key = UUID.randomUUID().toString();
            city.ledger.fault(fault);
            TestApi.Answer pending;
            try {
                pending = city.api()
                        .post(
                                "/api/checks/" + asked.checkId() + "/uses?wait=1",
                                Map.of("amount", 300),
                                Map.of("Idempotency-Key", key));
                is(202, pending);
                assertEquals("pending", pending.string("state"));
                is(503, city.api().get("/api/checks/" + asked.checkId() + "/uses"));
            } finally {
                city.ledger.fault(Fault.NONE);
            }
            String later = "/api/uses/" + pending.string("id") + "?wait=25";
            TestApi.Answer settled = city.api().get(later);
            for (int times = 1; times < 4 && settled.string("state").equals("pending"); times++) {
                settled = city.api().get(later);
            }
            assertEquals("registered", settled.string("state"), settled.body());
            is(200, use(asked, Map.of("amount", 300), key));
        }
        TestApi.Answer book = city.api().get("/api/checks/" + asked.checkId() + "/uses");
        assertEquals(200L, book.json().get("remaining"), "two claims, each counted once");
        city.ledger.fault(Fault.REFUSING);
        try {
            TestApi.Answer no = city.api()
                    .post(
                            "/api/checks/" + asked.checkId() + "/uses?wait=25",
                            Map.of("amount", 200),
                            Map.of("Idempotency-Key", "no-role"));
            refused("ledger-refused", no);
        } finally {
            city.ledger.fault(Fault.NONE);
        }
    }

    @Test
    @DisplayName(
            "Twenty calls at once with one key make one use; ten at once with keys of their own share out what there is")
    void atOnce() throws Exception {
        UsedLicence invoice = UsedLicence.invoice(city, 5_000);
        Asked asked = invoice.showTo("insurer");
        Set<String> ids = new HashSet<>();
        for (TestApi.Answer answer : together(20, i -> use(asked, Map.of("amount", 1_000), "one-key"))) {
            assertTrue(answer.status() == 200 || answer.status() == 201, answer.body());
            ids.add(answer.string("id"));
        }
        assertEquals(1, ids.size());
        List<TestApi.Answer> answers = together(10, i -> use(asked, Map.of("amount", 1_000)));
        assertEquals(
                4, answers.stream().filter(answer -> answer.status() == 201).count());
        assertEquals(
                6,
                answers.stream()
                        .filter(answer ->
                                answer.status() == 409 && answer.string("code").equals("used-already"))
                        .count());
    }

    @Test
    @DisplayName(
            "Of all who claim one rank at once one gets it; the others are refused it and may have the next; released, those behind move up")
    void ranks() throws Exception {
        UsedLicence confirmation = UsedLicence.confirmation(city, 1_000);
        Asked bank = confirmation.showTo("bank");
        Asked insurer = confirmation.showTo("insurer");
        Map<String, Object> first = Map.of("amount", 10, "rank", 1);
        List<TestApi.Answer> won = new ArrayList<>();
        for (TestApi.Answer answer : together(10, i -> use(i % 2 == 0 ? bank : insurer, first))) {
            if (answer.status() == 201) {
                won.add(answer);
            } else {
                refused("rank-not-free", answer);
            }
        }
        assertEquals(1, won.size());
        assertEquals(1L, won.get(0).json().get("rank"));
        refused("rank-not-free", use(insurer, Map.of("amount", 10, "rank", 3)));
        TestApi.Answer second = use(insurer, Map.of("amount", 10, "rank", 2));
        is(201, second);
        assertEquals(2L, second.json().get("rank"));
        is(201, then(won.get(0), "release", Map.of()));
        refused("rank-not-free", use(bank, first));
        is(201, then(second, "release", Map.of()));
        is(201, use(bank, first));
        is(400, use(bank, Map.of("amount", 10, "rank", 0)));
        is(400, use(bank, Map.of("amount", 10, "rank", 1, "act", "reserve", "hold_for", 60)));
    }

    private interface Numbered {
        TestApi.Answer call(int i);
    }

    private static List<TestApi.Answer> together(int count, Numbered call) throws Exception {
        List<Callable<TestApi.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            calls.add(() -> call.call(number));
        }
        List<TestApi.Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    @DisplayName("The ledger shows of a use who wrote it and 32 bytes; neither amount nor licence")
    void ledgerLearnsNothing() throws Exception {
        UsedLicence invoice = UsedLicence.invoice(city, 42_424_242_424_242L);
        is(201, use(invoice.showTo("insurer"), Map.of()));
        MemoryLedger ledger = city.ledger;
        String last =
                String.valueOf(ledger.transaction(ledger.size()).orElseThrow().content());
        assertTrue(last.contains(city.insurer.did().base58()));
        assertFalse(last.contains("42424242424242"));
        assertFalse(last.contains(invoice.secret()));
    }
}
