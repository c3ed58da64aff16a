package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.run.City;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.trust.Did;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A company's always-on wallet, on the real issuer, verifier and ledger. */
class CompanyWalletTest {
    private static final String LIN = "lin-xiaoning";
    private static final String ZHOU = "zhou-mingyuan";

    private final City city = TestCity.get().city();
    private final CompanyDesk desk = new CompanyDesk(city, "zhizao");

    CompanyWalletTest() throws Exception {}

    @BeforeAll
    static void licence() throws Exception {
        new CompanyDesk(TestCity.get().city(), "zhizao").withLicences();
    }

    private static JsonObject preset(String name) {
        return new JsonObject().put("check", name);
    }

    private JsonObject handIn(JsonObject asked) throws Exception {
        return desk.as(ZHOU, "POST", "/requests", new JsonObject().put("link", asked.getString("link")))
                .json();
    }

    private CompanyDesk.Answer approve(String person, JsonObject taken) throws Exception {
        return desk.as(person, "POST", "/requests/" + taken.getString("id") + "/approve", new JsonObject());
    }

    @Test
    @DisplayName("A request waits for a person, who sees what would be disclosed; it is decided once")
    void waitsForAPerson() throws Exception {
        JsonObject asked = desk.ask("bank", preset("company-and-representative"));
        JsonObject taken = handIn(asked);
        assertEquals("waiting", taken.getString("state"), taken.encode());
        assertTrue(taken.getJsonObject("request").encode().contains("legal_representative"));
        JsonObject done = approve(LIN, taken).json();
        assertEquals("answered", done.getString("state"), done.encode());
        assertEquals(LIN, done.getString("decided_by"));
        assertEquals("accepted", desk.verdict(asked).getString("status"));
        assertEquals("decided-before", approve(LIN, taken).json().getString("code"));
    }

    @Test
    @DisplayName("What a person denies, the verifier is told only that it was denied")
    void denied() throws Exception {
        JsonObject asked = desk.ask("bank", preset("company-and-representative"));
        JsonObject taken = handIn(asked);
        String request = "/requests/" + taken.getString("id");
        JsonObject read = desk.as(LIN, "GET", request, null).json();
        assertTrue(read.getJsonObject("request").encode().contains("legal_representative"), read.encode());
        desk.as(LIN, "POST", request + "/deny", new JsonObject());
        assertEquals("declined", desk.verdict(asked).getString("status"));
        assertEquals(409, desk.as(LIN, "GET", request, null).status());
    }

    @Test
    @DisplayName(
            "Nobody acts for a company without its own sign-in, and the people of one company learn nothing of another")
    void otherPeople() throws Exception {
        URI cards = city.companyWallet().base().resolve("/api/zhizao/cards");
        assertEquals(401, CompanyDesk.send(cards, "GET", null, null).status());
        for (String token : List.of(
                city.companyToken("another", LIN),
                city.companyToken("zhizao", "wang-wu"),
                city.token(StaffRole.CLERK))) {
            assertEquals(403, CompanyDesk.send(cards, "GET", null, token).status());
        }
    }

    @Test
    @DisplayName("RFC 6749 appendix A: a character that no database text takes is the sender's fault, not ours")
    void zero() throws Exception {
        for (String path : List.of("/requests/a%00b/approve", "/requests/a%00b/deny")) {
            assertEquals(404, desk.as(LIN, "POST", path, new JsonObject()).status(), path);
        }
        JsonObject wish = new JsonObject()
                .put("verifier", city.party("bank-b").did().value())
                .put("type", city.issuerBase() + "/types/account-file")
                .put("claims", new JsonArray().add("file_number"))
                .put("purpose", "a\0b")
                .put("until", Instant.now().plus(1, ChronoUnit.DAYS).toString());
        assertEquals(400, desk.as(LIN, "POST", "/consents", wish).status());
    }

    private JsonObject grant(String by, String person, Object... more) throws Exception {
        JsonObject wish = new JsonObject()
                .put("person", person)
                .put("powers", new JsonArray().add("open-account").add("present-licences"))
                .put(
                        "valid_until",
                        LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                                .plusYears(1)
                                .toString());
        for (int i = 0; i < more.length; i += 2) {
            wish.put((String) more[i], more[i + 1]);
        }
        return desk.as(by, "POST", "/mandates", wish).json();
    }

    private JsonObject act(long amount) throws Exception {
        return desk.ask(
                "bank",
                preset("employee-may-act")
                        .put(
                                "transaction_data",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("type", "urn:elicence:company-act")
                                                .put("credential_ids", new JsonArray().add("mandate"))
                                                .put(
                                                        "act",
                                                        new JsonObject()
                                                                .put("power", "open-account")
                                                                .put("amount", amount)))));
    }

    @Test
    @DisplayName(
            "Where two must sign, one is not enough, the same twice is refused, and the second completes it; a revoked "
                    + "mandate signs nothing more")
    void jointSignature() throws Exception {
        JsonObject first = grant(LIN, LIN, "limit", 1000);
        assertNotNull(first.getString("number"), first.encode());
        JsonObject asked = act(500);
        JsonObject taken = handIn(asked);
        assertEquals("not-mandated", approve(ZHOU, taken).json().getString("code"));
        JsonObject second = grant(LIN, ZHOU, "limit", 1000);
        JsonObject one = approve(LIN, taken).json();
        assertEquals("waiting", one.getString("state"), one.encode());
        assertEquals("same-person-twice", approve(LIN, taken).json().getString("code"));
        JsonObject both = approve(ZHOU, taken).json();
        assertEquals("answered", both.getString("state"), both.encode());
        JsonObject verdict = desk.verdict(asked);
        assertEquals("accepted", verdict.getString("status"), verdict.encode());

        JsonObject dear = handIn(act(1001));
        assertEquals("not-mandated", approve(ZHOU, dear).json().getString("code"), "beyond the limit");

        JsonObject askedAgain = act(1);
        JsonObject again = handIn(askedAgain);
        approve(ZHOU, again);
        JsonObject revoked = desk.as(LIN, "DELETE", "/mandates/" + second.getString("number"), null)
                .json();
        assertNotNull(revoked.getString("revoked_at"), revoked.encode());
        // The bank asks for a company's list again after two seconds.
        Thread.sleep(2_500);
        approve(LIN, again);
        JsonObject refused = desk.verdict(askedAgain);
        assertEquals("mandate-revoked", refused.getString("code"), refused.encode());
        // Zhou signed while the mandate was good; the bank asks the company's list, and learns that it no longer is.
        JsonObject late = act(1);
        assertEquals("not-mandated", approve(ZHOU, handIn(late)).json().getString("code"));
    }

    @Test
    @DisplayName(
            "Within a standing consent a verifier is answered with nobody asked, so many times; then, or for more, a "
                    + "person decides; a withdrawal takes effect at once and the receiving bank can verify it")
    void standingConsent() throws Exception {
        String bankB = city.party("bank-b").did().value();
        String type = city.issuerBase() + "/types/account-file";
        JsonObject wish = new JsonObject()
                .put("verifier", bankB)
                .put("type", type)
                .put("claims", new JsonArray(List.of("file_number", "risk_class", "low_risk")))
                .put("purpose", "开立一般存款账户")
                .put("until", Instant.now().plus(1, ChronoUnit.DAYS).toString())
                .put("uses", 2);
        JsonObject consent = desk.as(LIN, "POST", "/consents", wish).json();
        assertNotNull(consent.getString("signed"), consent.encode());

        JsonObject asked = desk.ask("bank-b", CompanyDesk.file(type, "file_number", "risk_class"));
        assertEquals("answered", desk.deliver(asked).json().getString("state"));
        assertEquals("accepted", desk.verdict(asked).getString("status"));

        JsonObject more = desk.ask("bank-b", CompanyDesk.file(type, "file_number", "beneficial_owners"));
        assertEquals("waiting", desk.deliver(more).json().getString("state"), "more than agreed");
        JsonObject another = desk.ask("bank-c", CompanyDesk.file(type, "file_number"));
        assertEquals("waiting", desk.deliver(another).json().getString("state"), "another bank");

        JsonObject held = receiptAt("bank-b", consent);
        assertEquals("in-force", held.getString("consent_state"), held.encode());
        assertEquals(held.getString("receipt"), receiptAt("bank", consent).getString("receipt"));
        JsonObject own = ownReceipt(consent);
        assertEquals(held.getString("receipt"), own.getString("signed"));
        Receipt proof =
                Receipt.fromJson(Json.parseObject(own.getJsonObject("proof").encode()));
        assertTrue(proof.proves(own.getString("signed")));
        assertEquals(
                proof.root().toBase64Url(),
                city.follower()
                        .catchUp()
                        .logHead(new Did(proof.log()), proof.size())
                        .orElseThrow()
                        .root());

        JsonObject withdrawn = desk.as(LIN, "DELETE", "/consents/" + consent.getString("id"), null)
                .json();
        assertNotNull(withdrawn.getString("withdrawn_at"), withdrawn.encode());
        JsonObject late = desk.ask("bank-b", CompanyDesk.file(type, "file_number"));
        assertEquals("waiting", desk.deliver(late).json().getString("state"), "after withdrawal");
        String state = "";
        for (int i = 0; i < 600 && !state.equals("withdrawn"); i++) {
            Thread.sleep(100);
            state = receiptAt("bank-b", consent).getString("consent_state");
        }
        assertEquals("withdrawn", state);
    }

    private JsonObject receiptAt(String bank, JsonObject consent) throws Exception {
        for (int i = 0; i < 600; i++) {
            JsonArray receipts = CompanyDesk.send(
                            city.verifierBase().resolve("/api/" + bank + "/receipts"),
                            "GET",
                            null,
                            city.token(StaffRole.VERIFIER))
                    .json()
                    .getJsonArray("receipts");
            for (int r = 0; r < receipts.size(); r++) {
                if (consent.getString("signed").equals(receipts.getJsonObject(r).getString("consent"))) {
                    return receipts.getJsonObject(r);
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError(bank + " got no receipt");
    }

    private JsonObject ownReceipt(JsonObject consent) throws Exception {
        for (int i = 0; i < 600; i++) {
            JsonArray receipts = desk.as(LIN, "GET", "/receipts", null).json().getJsonArray("receipts");
            for (int r = 0; r < receipts.size(); r++) {
                JsonObject each = receipts.getJsonObject(r);
                boolean ofThis = consent.getString("id")
                        .equals(each.getJsonObject("says").getString("consent"));
                if (ofThis && each.containsKey("proof")) {
                    return each;
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no anchored receipt");
    }

    @Test
    @DisplayName("/openapi.json describes exactly the routes that the service has")
    void openApi() throws Exception {
        JsonObject document = CompanyDesk.send(city.companyWallet().base().resolve("/openapi.json"), "GET", null, null)
                .json();
        Set<String> written = new TreeSet<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            paths.getJsonObject(path).fieldNames().forEach(method -> written.add(method + " " + path));
        }
        Set<String> served = new TreeSet<>(city.companyWallet().described());
        served.removeIf(route -> route.contains("/assets"));
        assertEquals(served, written);
        assertFalse(written.isEmpty());
        assertNull(document.getString("error"));
    }
}
