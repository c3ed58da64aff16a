package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.run.City;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.wallet.company.CompanyLink;
import city.elicence.wallet.company.CompanyPhone;
import city.elicence.wallet.company.WaitingRequest;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.FileStoreKey;
import city.elicence.wallet.store.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones as the pens of a company's people, against the real company wallet, issuer, verifier and ledger. */
class SignatoryPhoneTest {
    private static final String LIN = "lin-xiaoning";
    private static final String ZHOU = "zhou-mingyuan";
    private static final String COMPANY = "zhizao-branch";

    @TempDir
    static Path folder;

    private static City city;
    private static CompanyDesk desk;

    @BeforeAll
    static void licence() throws Exception {
        city = TestCity.get().city();
        desk = new CompanyDesk(city, COMPANY);
        for (String company : List.of(COMPANY, "another-company")) {
            city.companyWallet()
                    .enrol(
                            new Company(company, "示例智造分公司（测试）", "Sample branch (test)", "91110199MATE5T017J"),
                            List.of(
                                    new Person(LIN, "林晓宁（测试）", "110199199205170024", true),
                                    new Person(ZHOU, "周明远（测试）", "110199199008210031", false)));
        }
        desk.receive("market-regulator", "business-licence", Map.of("signatures_required", 2));
        for (String person : List.of(LIN, ZHOU)) {
            JsonObject mandate = desk.as(
                            LIN,
                            "POST",
                            "/mandates",
                            new JsonObject()
                                    .put("person", person)
                                    .put("limit", 1000)
                                    .put(
                                            "powers",
                                            new JsonArray().add("open-account").add("present-licences"))
                                    .put(
                                            "valid_until",
                                            LocalDate.now(ZoneId.of("Asia/Shanghai"))
                                                    .plusYears(1)
                                                    .toString()))
                    .json();
            assertNotNull(mandate.getString("number"), mandate.encode());
        }
    }

    /** A phone with its keys and its store. */
    private record Held(CompanyPhone phone, EncryptedFileStore store) {
        JsonObject paired() throws Exception {
            return new JsonObject(store.get("company-phone"));
        }

        SigningKey key() throws Exception {
            return Objects.requireNonNull(new StoredKeys(store).open(paired().getString("key")));
        }
    }

    private static Held phone(String name) throws Exception {
        EncryptedFileStore store =
                new EncryptedFileStore(folder.resolve(name), FileStoreKey.at(folder.resolve(name + ".key")));
        return new Held(new CompanyPhone(WalletParts.of(new StoredKeys(store), store, city::walletTrust)), store);
    }

    private static CompanyLink link(CompanyDesk at, String person) throws Exception {
        JsonObject shown = at.as(person, "POST", "/phones", new JsonObject()).json();
        assertTrue(shown.getString("qr").startsWith("data:image/png;base64,"), shown.encode());
        return Objects.requireNonNull(CompanyLink.of(shown.getString("link")));
    }

    private static Held paired(String name, String person) throws Exception {
        Held phone = phone(name);
        phone.phone().pair(link(desk, person)).orThrow();
        return phone;
    }

    private static JsonObject act() throws Exception {
        JsonObject transaction = new JsonObject()
                .put("type", "urn:elicence:company-act")
                .put("credential_ids", new JsonArray().add("mandate"))
                .put("act", new JsonObject().put("power", "open-account").put("amount", 500));
        JsonObject asked = desk.ask(
                "bank",
                new JsonObject()
                        .put("check", "employee-may-act")
                        .put("transaction_data", new JsonArray().add(transaction)));
        assertEquals("waiting", desk.deliver(asked).json().getString("state"));
        return asked;
    }

    private static WaitingRequest newest(Held phone) {
        return phone.phone().waiting().orThrow().getFirst();
    }

    private static String codeOf(Outcome<?> outcome) {
        return outcome.fold(done -> "done", Refusal::code);
    }

    /** What the service says to a word made by hand. */
    private static String said(Held phone, Map<String, Object> claims, SigningKey key) throws Exception {
        String word = Jws.sign(Map.of("alg", "ES256", "typ", "company-decision+jwt"), claims, key);
        CompanyDesk.Answer answer = CompanyDesk.send(
                city.companyWallet().base().resolve("/" + COMPANY + "/phone/decisions"),
                "POST",
                new JsonObject().put("word", word),
                phone.paired().getString("token"));
        return answer.json().getString("code", answer.json().getString("error"));
    }

    private static Map<String, Object> claims(Held phone, WaitingRequest request) throws Exception {
        return new HashMap<>(Map.of(
                "aud", phone.paired().getString("audience"),
                "sub", phone.paired().getString("id"),
                "request", request.id(),
                "decision", "approve",
                "verifier", request.verifier(),
                "acts", request.acts(),
                "iat", Instant.now().getEpochSecond()));
    }

    @Test
    @DisplayName("Two people sign on their phones for what they have read there; the bank accepts the joint signature")
    void joint() throws Exception {
        Held lin = paired("lin", LIN);
        Held zhou = paired("zhou", ZHOU);
        assertEquals("林晓宁（测试）", Objects.requireNonNull(lin.phone().seat()).person());
        JsonObject asked = act();
        WaitingRequest waiting = newest(lin);
        assertTrue(waiting.accredited());
        assertEquals("open-account", waiting.actsRead().getFirst().power());
        assertEquals(500, waiting.actsRead().getFirst().amountFen().getAsLong());
        assertTrue(
                waiting.shown().stream().anyMatch(shown -> !shown.claims().isEmpty()), "what would be seen is listed");
        assertEquals(false, lin.phone().decide(waiting, true).orThrow(), "another must sign");
        assertEquals("same-person-twice", codeOf(lin.phone().decide(waiting, true)));
        assertEquals(List.of(LIN), newest(zhou).signedBy());
        assertEquals(true, zhou.phone().decide(newest(zhou), true).orThrow());
        assertEquals("accepted", desk.verdict(asked).getString("status"));
        assertEquals("decided-before", codeOf(zhou.phone().decide(waiting, true)));
    }

    @Test
    @DisplayName("A no from the phone ends the request, and the verifier is told no more than that")
    void denied() throws Exception {
        Held lin = paired("lin-no", LIN);
        JsonObject asked = act();
        assertEquals(true, lin.phone().decide(newest(lin), false).orThrow());
        assertEquals("declined", desk.verdict(asked).getString("status"));
    }

    @Test
    @DisplayName(
            "A word of another phone's key, for another wallet, phone, act or party, or an old one, changes nothing")
    void swapped() throws Exception {
        Held lin = paired("lin-swapped", LIN);
        Held zhou = paired("zhou-swapped", ZHOU);
        act();
        WaitingRequest request = newest(lin);
        assertEquals("invalid_request", said(lin, claims(lin, request), zhou.key()), "another phone's key");
        assertEquals("word-for-another", said(lin, claims(zhou, request), lin.key()), "another phone's word");
        Map<String, Object> elsewhere = claims(lin, request);
        elsewhere.put("aud", city.companyWallet().base() + "/another-company");
        assertEquals("word-for-another", said(lin, elsewhere, lin.key()));
        Map<String, Object> dearer = claims(lin, request);
        dearer.put("acts", List.of(request.acts().getFirst().replace("500", "501")));
        assertEquals("another-question", said(lin, dearer, lin.key()));
        Map<String, Object> stranger = claims(lin, request);
        stranger.put("verifier", city.party("bank-b").did().value());
        assertEquals("another-question", said(lin, stranger, lin.key()));
        Map<String, Object> old = claims(lin, request);
        old.put("iat", Instant.now().minusSeconds(3600).getEpochSecond());
        assertEquals("word-too-old", said(lin, old, lin.key()));
        assertEquals(List.of(), newest(lin).signedBy(), "nobody has signed");
    }

    @Test
    @DisplayName(
            "A code makes one phone speak, for one person of one company; a phone that was withdrawn is let in nowhere")
    void codes() throws Exception {
        Held lin = phone("lin-once");
        CompanyLink link = link(desk, LIN);
        CompanyLink elsewhere = new CompanyLink(link.wallet(), "another-company", link.code());
        assertEquals("code-not-known", codeOf(lin.phone().pair(elsewhere)));
        assertNull(lin.phone().seat(), "nothing is kept of what was refused");
        CompanyLink again = link(desk, LIN);
        lin.phone().pair(again).orThrow();
        assertEquals("code-not-known", codeOf(phone("second").phone().pair(again)));
        String id = lin.paired().getString("id");
        assertEquals(404, desk.as(ZHOU, "DELETE", "/phones/" + id, null).status(), "not Zhou's to withdraw");
        assertEquals(200, desk.as(LIN, "DELETE", "/phones/" + id, null).status());
        assertEquals("phone-not-known", codeOf(lin.phone().waiting()));
        lin.phone().forget();
        assertNull(lin.phone().seat());
        assertEquals("not-found", codeOf(lin.phone().waiting()));
    }
}
