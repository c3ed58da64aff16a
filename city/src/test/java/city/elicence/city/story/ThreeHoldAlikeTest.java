package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import city.elicence.company.keep.SealedStore;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.verify.mandate.CompanyStatement;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;
import city.elicence.wallet.store.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThreeHoldAlikeTest {
    private static final String PURPOSE = "开户";

    private Desk.Answer bring(StoryCity city, String party, JsonObject body) throws Exception {
        return city.desk(city.city().verifierBase(), () -> "none").post("/receipts/" + party, body);
    }

    /** Whatever the company's own key is made to sign. */
    private static String signedBy(Enterprise company, Map<String, Object> claims) throws Exception {
        SealedStore store = TestCity.get().city().companyWallet().store(company.id());
        for (HeldLicence held : new Shelf(store).licences()) {
            if (held.vct().endsWith("/business-licence")) {
                Copy copy = held.copies().getFirst();
                SigningKey key = Objects.requireNonNull(new StoredKeys(store).open(copy.keyAlias()));
                SdJwt shown = SdJwt.parse(copy.credential()).present(List.of());
                return Mandates.sign(CompanyStatement.RECEIPT, key, shown, claims);
            }
        }
        throw new AssertionError("the company has its licence");
    }

    @Test
    @DisplayName(
            "The receipt of a consent's use is one object at company, receiver and maker; another bank is refused it, and nobody signs for what it was not shown")
    void held() throws Exception {
        try (StoryCity city = new StoryCity(
                TestCity.get().city(),
                Stories.all().getFirst(),
                new Narrator(new PrintStream(OutputStream.nullOutputStream())))) {
            Enterprise company = Enterprise.founded(city, "三方共持有限公司（测试）", 1);
            company.receive("market-regulator", "business-licence", company.licence());
            company.receive(
                    "bank",
                    "account-file",
                    city.claims("account-file", "unified_code", company.code(), "company_name", company.name()));
            company.consent(
                    "bank-b",
                    new JsonObject()
                            .put("type", city.city().issuerBase() + "/types/account-file")
                            .put("claims", new JsonArray(List.of("file_number", "low_risk")))
                            .put("purpose", PURPOSE)
                            .put("until", Instant.now().plusSeconds(3600).toString())
                            .put("uses", 3));
            JsonObject asked = company.ask("bank-b", city.about(PURPOSE, "account-file", "file_number", "low_risk"));
            assertEquals("answered", company.deliver(asked).getString("state"));
            company.verdict("bank-b", asked);
            city.until("one object at all three", () -> company.isHeldAlike("bank-b", "bank"));

            JsonObject receipt = company.receipts().getJsonObject(0);
            String both = receipt.getJsonObject("countersigned").getString("signed");
            JsonObject atBank = company.receiptsAt("bank").getJsonObject(0);
            String consent = atBank.getString("consent");
            assertEquals(receipt.getString("signed"), Jws.parse(both).claims().get("receipt"));
            // The same call again gives the same object: nothing is signed twice.
            JsonObject plain =
                    new JsonObject().put("receipt", receipt.getString("signed")).put("consent", consent);
            Desk.Answer again = bring(city, "bank-b", plain);
            assertEquals(200, again.status());
            assertEquals(both, again.json().getString("countersigned"));
            // Another bank is no party to it; who made the document may hold it, and signs nothing.
            assertEquals(422, bring(city, "bank-c", plain).status());
            JsonObject object = new JsonObject().put("countersigned", both).put("consent", consent);
            assertEquals(422, bring(city, "bank-c", object).status());
            Desk.Answer maker = bring(city, "bank", plain);
            assertEquals(200, maker.status());
            assertFalse(maker.json().containsKey("countersigned"));
            // A receipt of the company's for something that this bank was never shown waits, and is signed by nobody.
            Map<String, Object> more =
                    new LinkedHashMap<>(Jws.parse(receipt.getString("signed")).claims());
            more.put("jti", "never-shown-" + city.madeUp().digits(10));
            String invented = signedBy(company, more);
            Desk.Answer never = bring(
                    city, "bank-b", new JsonObject().put("receipt", invented).put("consent", consent));
            assertEquals(202, never.status(), Json.write(never.json().getMap()));
            assertFalse(never.json().containsKey("countersigned"));
        }
    }
}
