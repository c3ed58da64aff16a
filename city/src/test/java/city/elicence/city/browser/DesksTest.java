package city.elicence.city.browser;

import static city.elicence.city.browser.Visit.visible;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.staff.StaffRole;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What offices do beyond the single case, in a real browser: many at once, two persons, a counter, a company's file. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DesksTest {
    private static Visit visit;

    @BeforeAll
    static void open() throws Exception {
        visit = Visit.begin();
    }

    @AfterAll
    static void close() {
        if (visit != null) {
            visit.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName(
            "A clerk issues many from the template's file; with one wrong line nothing is made, and the line is named")
    void many() throws Exception {
        Page clerk = visit.clerk("education-commission");
        clerk.locator("#tab-bulk").click();
        clerk.locator("#bulk-type").selectOption("teacher-qualification");
        Path template =
                clerk.waitForDownload(() -> clerk.locator("#template").click()).path();
        String[] lines = Files.readString(template).split("\r\n", -1);
        send(clerk, lines[0] + "\r\n" + (lines[1] + "\r\n").repeat(60));
        assertEquals("offered", clerk.locator("#bulk-verdict").getAttribute("data-state"));
        send(
                clerk,
                lines[0] + "\r\n" + lines[1] + "\r\n"
                        + lines[1].replaceFirst("110199199205170024", "110199199205170020"));
        assertEquals("refused", clerk.locator("#bulk-verdict").getAttribute("data-state"));
        assertThat(clerk.locator("#bulk-outcome tbody")).containsText("id_number");
        visit.look(clerk, "issuer-bulk");
        clerk.close();
    }

    private static void send(Page clerk, String sheet) {
        clerk.locator("#bulk-file")
                .setInputFiles(new FilePayload("list.csv", "text/csv", sheet.getBytes(StandardCharsets.UTF_8)));
        Locator outcome = clerk.locator("#bulk-verdict");
        clerk.evaluate("() => document.querySelector('#bulk-outcome').replaceChildren()");
        clerk.locator("#bulk-send").click();
        visible(outcome);
    }

    @Test
    @Order(1)
    @DisplayName(
            "What a clerk typed and ticked, the picture too, outlives a change of language, and a double click makes one offer")
    void typedOnce() {
        Page clerk = visit.clerk("traffic-police");
        clerk.locator("#type").selectOption("driving-licence");
        clerk.locator("#sample").click();
        Locator remarks = clerk.locator("[data-path=remarks] input");
        Locator portrait = clerk.locator("[data-path=portrait]");
        String picture = "data:image/png;base64,AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        remarks.fill("换证");
        portrait.locator("input").setInputFiles(new FilePayload("large.png", "image/png", new byte[200_000]));
        assertThat(portrait.locator(".problem")).containsText("95 KB");
        assertThat(portrait.locator("img")).isHidden();
        portrait.locator("input").setInputFiles(new FilePayload("small.png", "image/png", new byte[20]));
        assertThat(portrait.locator("img")).hasAttribute("src", picture);
        clerk.locator("#with-code").check();
        clerk.locator("#language").click();
        assertThat(remarks).hasValue("换证");
        assertThat(clerk.locator("#with-code")).isChecked();
        assertThat(portrait.locator("img")).hasAttribute("src", picture);
        clerk.locator("#language").click();
        List<String> sent = new CopyOnWriteArrayList<>();
        clerk.onRequest(request -> {
            if (request.method().equals("POST")) {
                sent.add(request.url());
            }
        });
        clerk.locator("#make-offer").dblclick();
        Visit.loaded(clerk.locator(".qr img"));
        assertEquals(1, sent.size(), sent.toString());
        clerk.close();
    }

    @Test
    @Order(2)
    @DisplayName(
            "A title is issued and revoked by two persons: one clerk proposes, another sees by whom and why, and agrees")
    void twoPersons() throws Exception {
        Page first = visit.clerk("housing-authority");
        first.locator("#type").selectOption("real-estate-title");
        first.locator("#sample").click();
        first.locator("#make-offer").click();
        visible(first.locator("#proposed"));
        Page second = visit.clerk("housing-authority", StaffRole.ADMIN);
        second.locator("#tab-queue").click();
        visible(second.locator("[data-proposal]"));
        visit.look(second, "issuer-queue");
        second.locator("[data-proposal] .main").click();
        Page phone = visit.phone(second.locator("#copy").getAttribute("data-link"));
        phone.locator("#accept").click();
        visible(phone.locator(".deck .card"));
        phone.close();
        second.close();
        first.close();

        // The browser has one session: whoever signed in last is who acts.
        first = visit.clerk("housing-authority");
        first.locator("#tab-licences").click();
        first.locator("#licences tbody input").first().check();
        first.locator("#revoke-selected").click();
        first.locator("#several-reason").fill("法院裁定");
        first.locator("#several-revoke").click();
        assertThat(first.locator("dialog .timeline li")).hasCount(1);
        first.close();

        second = visit.clerk("housing-authority", StaffRole.ADMIN);
        second.locator("#tab-licences").click();
        visible(second.locator("#licences tbody tr").first().locator(".tag.good"));
        second.locator("#licences tbody tr").first().click();
        assertThat(second.locator("#second-person")).containsText("法院裁定");
        visit.look(second, "issuer-second-person");
        second.locator("#reason").fill("已核对裁定书");
        second.locator("#act-revoke").click();
        visible(second.locator("#licences tbody tr").first().locator(".tag.bad"));
        second.close();
    }

    @Test
    @Order(3)
    @DisplayName(
            "At a counter the code fills the screen, what was shown is not on it, and the next one's turn comes by itself")
    void counter() throws Exception {
        visit.issued("traffic-police", "driving-licence", "citizen");
        Page counter = visit.verifier("tenant=insurer&mode=counter");
        counter.locator("[data-preset=may-drive-car]").click();
        visible(counter.locator("#request"));
        visit.look(counter, "verifier-counter");
        String link = counter.locator("#copy").getAttribute("data-link");
        Page phone = visit.phone(link);
        phone.locator("#agree").click();
        visible(counter.locator("#verdict"));
        assertThat(counter.locator("#claims")).isHidden();
        counter.locator("#next").click();
        visible(counter.locator("#request"));
        assertThat(counter.locator("#copy")).not().hasAttribute("data-link", link);
        phone.close();
        counter.close();
    }

    @Test
    @Order(4)
    @DisplayName("A bank sees a company's licence and the checks of another bank, and that no mandate was shown")
    void company() throws Exception {
        visit.issued("market-regulator", "business-licence", "company");
        Page bank = visit.verifier("tenant=bank");
        bank.locator("[data-preset=company-file]").click();
        Page phone = visit.page(visit.city().phone().link().toString().replace("/#", "/?holder=company#") + "&read="
                + java.net.URLEncoder.encode(bank.locator("#copy").getAttribute("data-link"), StandardCharsets.UTF_8));
        phone.locator("#agree").click();
        Locator verdict = bank.locator("#verdict");
        visible(verdict);
        assertEquals("accepted", verdict.getAttribute("data-status"), verdict.innerText());
        assertThat(bank.locator("[data-part=business_licence] dl")).hasCount(1);
        assertThat(bank.locator("[data-part=mandate] dl")).hasCount(0);
        visit.look(bank, "verifier-company");
        phone.close();
        bank.close();
    }

    @Test
    @Order(5)
    @DisplayName("A dead end is explained: the stable code, a sentence, the next step and the number to quote")
    void explained() {
        Page clerk = visit.clerk("traffic-police");
        clerk.route(
                "**/anchoring",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(409)
                        .setHeaders(java.util.Map.of("Trace-Id", "abc123", "Content-Type", "application/json"))
                        .setBody("{\"error\":\"server_error\",\"error_description\":\"x\"}")));
        clerk.locator("#tab-anchoring").click();
        Locator notice = clerk.locator("[data-code=server_error]");
        assertThat(notice).containsText("abc123");
        assertThat(notice).containsText("我们这边出了问题");
        clerk.locator("#language").click();
        assertThat(clerk.locator("[data-code=server_error]")).containsText("Try again soon");
        clerk.close();
    }

    @Test
    @Order(6)
    @DisplayName("A company's wallet wears the city's look, in the dark and on a narrow phone too")
    void companyWallet() throws Exception {
        Page company = visit.page(
                visit.city().city().companyLink("zhizao", "lin-xiaoning").toString());
        visible(company.locator("#console"));
        visible(company.locator("[role=tab]").first());
        visit.look(company, "company-wallet");
        company.locator("#tab-phones").click();
        company.locator("#add-phone").click();
        Visit.loaded(company.locator("#phone-code img"));
        visit.look(company, "company-phones");
        // What comes late of a tab that was left is not shown under another's name.
        List<Route> late = new CopyOnWriteArrayList<>();
        company.route("**/api/zhizao/receipts", late::add);
        company.locator("#tab-receipts").click();
        company.locator("#tab-requests").click();
        visible(company.locator("#view textarea"));
        company.waitForCondition(() -> !late.isEmpty());
        company.waitForResponse("**/api/zhizao/receipts", () -> late.getFirst().resume())
                .finished();
        company.evaluate("() => new Promise(requestAnimationFrame)");
        assertThat(company.locator("#view textarea")).isVisible();
        company.close();
    }

    @Test
    @Order(7)
    @DisplayName(
            "What a bank asked for is agreed to in advance by ticking, and the bank's next question is answered by nobody")
    void agreedAhead() throws Exception {
        Page company = visit.page(
                visit.city().city().companyLink("zhizao", "lin-xiaoning").toString());
        Page clerk = visit.clerk("market-regulator");
        clerk.locator("#type").selectOption("business-licence");
        clerk.locator("#sample").click();
        clerk.locator("#make-offer").click();
        company.locator("#tab-cards").click();
        handIn(company, "粘贴发证机关的链接", clerk.locator("#copy").getAttribute("data-link"));
        clerk.close();

        Page bank = visit.verifier("tenant=bank");
        company.locator("#tab-requests").click();
        Locator waiting = company.locator("[data-request='" + handIn(company, "粘贴查验方的链接", asked(bank)) + "']");
        assertThat(waiting).containsText("待决定");
        visit.look(company, "company-request");
        // As after a restart of the wallet: what was asked is no longer at hand, and is read before anyone can agree.
        company.route("**/api/zhizao/requests", DesksTest::withoutQuestions);
        company.locator("#tab-requests").click();
        assertThat(waiting.locator("button.main")).hasText("查看请求");
        waiting.locator("button.main").click();
        assertThat(waiting.locator("button.main")).hasText("同意出示");
        assertThat(waiting).containsText("将出示");
        company.unroute("**/api/zhizao/requests");
        waiting.locator("button:has-text('今后自动同意')").click();
        assertThat(company.locator("#c-verifier option:checked")).hasText("演示银行");
        assertThat(company.locator("#c-type option:checked")).hasText("营业执照");
        int ticked = company.locator("[name=claims]:checked").count();
        assertTrue(ticked > 0 && ticked < company.locator("[name=claims]").count(), ticked + " claims");
        assertThat(company.locator("#c-did")).isHidden();
        visit.look(company, "company-consent");
        company.locator("#c-purpose").fill("日常核对");
        company.locator("#c-until").fill(LocalDate.now(ZoneOffset.UTC).plusYears(1) + "T12:00");
        company.locator("#c-uses").fill("1");
        company.locator("form button.main").click();
        Locator given = company.locator("section:has(h3:text-is('日常核对'))");
        assertThat(given).containsText("演示银行");
        assertThat(given).containsText("0 / 1");

        bank.reload();
        company.locator("#tab-requests").click();
        String answered = handIn(company, "粘贴查验方的链接", asked(bank));
        assertThat(company.locator("[data-request='" + answered + "']")).containsText("依长期授权自动出示");
        visible(bank.locator("#verdict"));
        assertEquals("accepted", bank.locator("#verdict").getAttribute("data-status"));
        bank.close();
        company.close();
    }

    private static void withoutQuestions(Route route) {
        APIResponse answer = route.fetch();
        JsonObject body = new JsonObject(answer.text());
        body.getJsonArray("requests").forEach(each -> ((JsonObject) each).remove("request"));
        route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.encode()));
    }

    private static String asked(Page bank) {
        bank.locator("[data-preset=company-and-representative]").click();
        return bank.locator("#copy").getAttribute("data-link");
    }

    /** Into the form with this hint, for the tab that was left has such a form, too; returns the request's id, if it is one. */
    private static String handIn(Page company, String hint, String link) {
        Locator form = company.locator("form:has([placeholder='" + hint + "'])");
        form.locator("textarea").fill(link);
        Response taken = company.waitForResponse(
                response -> response.request().method().equals("POST"),
                () -> form.locator("button.main").click());
        assertTrue(taken.ok(), taken.text());
        return new JsonObject(taken.text()).getString("id", "");
    }

    @Test
    @Order(8)
    @DisplayName("No page had an error, missed a file or asked another host")
    void quiet() {
        assertEquals(List.of(), visit.trouble());
    }
}
