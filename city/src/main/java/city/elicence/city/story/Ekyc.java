package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import city.elicence.credentials.catalogue.Label;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Enterprise identity: a company with a file at one bank opens an account at another, by its own consent. */
public final class Ekyc implements Story {
    private static final String REPRESENTATIVE = "lin";
    private static final String FILE = "account-file";
    private static final String PURPOSE = "开立一般存款账户";

    @Override
    public String name() {
        return "ekyc";
    }

    @Override
    public Label title() {
        return new Label("企业身份与再次开户", "Enterprise identity: a file at one bank opens an account at another");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        narrator.step("A company with a business licence has a file at the first bank");
        Enterprise company = Enterprise.founded(city, "故事智造有限公司（测试）", 1);
        company.receive("market-regulator", "business-licence", company.licence());
        String number = "KYC-" + city.madeUp().digits(10);
        company.receive("bank", FILE, file(city, company, number));
        narrator.line("licence and account file are in the company's wallet");

        narrator.step("An account at the second bank by one approval");
        JsonObject asked = company.ask("bank-b", about(city, "file_number", "low_risk"));
        JsonObject waiting = company.deliver(asked);
        city.require(waiting.getString("state").equals("waiting"), "nobody had agreed: it must wait for a person");
        company.approve(REPRESENTATIVE, asked);
        JsonObject opened = company.verdict("bank-b", asked);
        city.require(opened.getString("status").equals("accepted"), "the second bank refused: " + opened.encode());
        narrator.result("the second bank opens an account on the first bank's file", "accepted");

        narrator.step("A standing consent: this bank, these claims, this purpose, until then, three times");
        String consent = company.consent(
                "bank-b",
                new JsonObject()
                        .put("type", type(city))
                        .put("claims", new JsonArray(List.of("file_number", "low_risk", "checks")))
                        .put("purpose", PURPOSE)
                        .put("until", Instant.now().plus(30, ChronoUnit.DAYS).toString())
                        .put("uses", 3));
        answered(city, company, "bank-b", "file_number", "low_risk");
        narrator.result("a request within it", "answered with nobody asked");
        refusedMore(city, company, narrator);

        narrator.step("The file is refreshed at the first bank, and reaches the second");
        String refreshed = "KYC-" + city.madeUp().digits(10);
        company.replace("bank", FILE, file(city, company, refreshed));
        JsonObject fresh = answered(city, company, "bank-b", "file_number");
        city.require(fresh.encode().contains(refreshed), "the second bank must see the refreshed file");
        narrator.result("the second bank asks again, and sees the new file", "answered with nobody asked");

        narrator.step("The company takes its word back");
        company.withdraw(consent);
        JsonObject late = company.deliver(company.ask("bank-b", about(city, "file_number")));
        city.require(late.getString("state").equals("waiting"), "a withdrawn consent answered");
        city.until(
                "the second bank's knowledge of the withdrawal",
                () -> company.receiptsAt("bank-b").encode().contains("\"withdrawn\""));
        narrator.result("a request after it", "waits for a person; the bank verifies the withdrawal");

        narrator.step("Who saw what, when, and the proof of it");
        city.until("the anchoring of every receipt", company::everyReceiptIsAnchored);
        long uses = company.receipts().size();
        city.until(
                "each receipt, signed by the second bank, at the company and both banks",
                () -> company.isHeldAlike("bank-b", "bank"));
        narrator.result(
                uses + " receipts, signed by company and receiving bank, held alike by the three",
                "proven by the ledger");

        narrator.step("Who could learn what");
        city.whoKnows().place("company wallet", company::everything);
        city.whoKnows().fact("the replaced file's number", number, "issuer bank", "verifier bank-b");
        city.whoKnows()
                .fact("the refreshed file's number", refreshed, "issuer bank", "verifier bank-b", "company wallet");
        city.whoKnows()
                .fact(
                        "the representative's ID",
                        company.representativeNumber(),
                        "issuer market-regulator",
                        "company wallet");
        city.lookWhoKnows(narrator);
    }

    private static void refusedMore(StoryCity city, Enterprise company, Narrator narrator) throws Exception {
        JsonObject more = company.ask("bank-b", about(city, "file_number", "beneficial_owners"));
        city.require(company.deliver(more).getString("state").equals("waiting"), "more than agreed was answered");
        company.deny(REPRESENTATIVE, more);
        city.require(company.verdict("bank-b", more).getString("status").equals("declined"), "a denial must be told");
        narrator.result("the second bank asks for the owners too", "refused: a person said no");
        JsonObject third = company.ask("bank-c", about(city, "file_number"));
        city.require(company.deliver(third).getString("state").equals("waiting"), "another bank was answered");
        company.deny(REPRESENTATIVE, third);
        narrator.result("the third bank asks under the second's consent", "waits for a person, who says no");
        Desk.Answer tooMuch = company.askRaw("insurer", about(city, "file_number"));
        city.require(tooMuch.status() >= 400, "who may not ask for a claim must not be able to ask");
        narrator.result("an insurer asks for what it may not", "refused before anybody is asked");
    }

    private static JsonObject answered(StoryCity city, Enterprise company, String bank, String... claims)
            throws Exception {
        JsonObject asked = company.ask(bank, about(city, claims));
        JsonObject taken = company.deliver(asked);
        city.require(taken.getString("state").equals("answered"), "a request within the consent waited");
        JsonObject verdict = company.verdict(bank, asked);
        city.require(verdict.getString("status").equals("accepted"), bank + " refused: " + verdict.encode());
        return verdict;
    }

    private static JsonObject about(StoryCity city, String... claims) {
        return city.about(PURPOSE, FILE, claims);
    }

    private static String type(StoryCity city) {
        return city.city().issuerBase() + "/types/" + FILE;
    }

    private static Map<String, Object> file(StoryCity city, Enterprise company, String number) {
        return city.claims(FILE, "file_number", number, "unified_code", company.code(), "company_name", company.name());
    }
}
