package city.elicence.city.browser;

import static city.elicence.city.browser.Visit.loaded;
import static city.elicence.city.browser.Visit.visible;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.store.Card;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Clerk, citizen and bank at their pages, in a real browser: issue, accept, consent, verdict, camera, revoke. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesTest {
    private static final double CAMERA_PATIENCE_MILLIS = 180_000;

    private static Visit visit;

    @BeforeAll
    static void open() throws Exception {
        visit = Visit.begin();
        // Of two licences that would do, one that another test left could be shown in the place of the revoked one.
        visit.city().phone().wallet("citizen").deleteEverything();
    }

    @AfterAll
    static void close() {
        if (visit != null) {
            visit.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("A clerk issues from the generated form, and a citizen accepts on the phone")
    void issue() throws Exception {
        Page clerk = visit.clerk("traffic-police");
        clerk.locator("#type").selectOption("driving-licence");
        clerk.locator("#sample").click();
        visit.look(clerk, "issuer-form");
        clerk.locator("#make-offer").click();
        loaded(clerk.locator(".qr img"));
        visit.look(clerk, "issuer-offer");

        Page phone = visit.phone(clerk.locator("#copy").getAttribute("data-link"));
        visible(phone.locator("#accept"));
        visit.look(phone, "phone-offer");
        phone.locator("#accept").click();
        visible(phone.locator(".deck .card"));
        phone.locator("[data-view=cards]").click();
        // The screen before it has a deck, too.
        visible(phone.locator("h1[data-t=cards]"));
        visit.look(phone, "phone-cards");
        phone.close();
        clerk.close();
    }

    @Test
    @Order(2)
    @DisplayName("A wrong number is refused at its field, and nothing is issued")
    void wrongNumber() {
        Page clerk = visit.clerk("traffic-police");
        clerk.locator("#type").selectOption("driving-licence");
        clerk.locator("#sample").click();
        clerk.locator("[data-path=id_number] input").fill("110199199001010000");
        clerk.locator("#make-offer").click();
        visible(clerk.locator("[data-path=id_number][data-bad]"));
        clerk.close();
    }

    @Test
    @Order(2)
    @DisplayName("A sign-in link opens a console once; whoever comes with it again is told so")
    void spentLink() {
        Page clerk = visit.clerk("traffic-police");
        String link = visit.city()
                .city()
                .signInLink(visit.city().city().issuerBase(), StaffRole.CLERK)
                .toString();
        for (String shown : List.of("#console", "#locked:has-text('used before')")) {
            try (BrowserContext stranger =
                    clerk.context().browser().newContext(new Browser.NewContextOptions().setLocale("en-GB"))) {
                Page page = stranger.newPage();
                page.navigate(link);
                visible(page.locator(shown));
            }
        }
        clerk.close();
    }

    @Test
    @Order(3)
    @DisplayName(
            "An insurer asks by QR, the citizen sees what is asked and agrees, the verdict is green and can be kept as a signed PDF")
    void online() throws Exception {
        Page insurer = visit.verifier("tenant=insurer");
        visit.look(insurer, "verifier-choose");
        insurer.locator("[data-preset=may-drive-car]").click();
        String link = insurer.locator("#copy").getAttribute("data-link");
        Page phone = visit.phone(link);
        visible(phone.locator("#agree"));
        visit.look(phone, "phone-consent");
        phone.locator("#agree").click();
        Locator verdict = insurer.locator("#verdict");
        visible(verdict);
        assertEquals("accepted", verdict.getAttribute("data-status"));
        visit.look(insurer, "verifier-accepted");
        byte[] start = insurer.waitForDownload(() -> insurer.locator("#record").click())
                .createReadStream()
                .readNBytes(5);
        assertEquals("%PDF-", new String(start, java.nio.charset.StandardCharsets.US_ASCII));
        phone.close();
        insurer.close();
    }

    @Test
    @Order(3)
    @DisplayName(
            "A request that the phone refuses is answered when the citizen says so, and the insurer reads what is wrong")
    void toldWhatIsWrong() throws Exception {
        Page insurer = visit.verifier("tenant=insurer");
        insurer.route(
                "**/api/checks",
                route -> route.resume(new Route.ResumeOptions()
                        .setPostData(new JsonObject(route.request().postData())
                                .put(
                                        "transaction_data",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("type", "urn:example:unheard-of")
                                                        .put("credential_ids", new JsonArray().add("driving_licence"))))
                                .encode())));
        insurer.locator("[data-preset=may-drive-car]").click();
        Page phone = visit.phone(insurer.locator("#copy").getAttribute("data-link"));
        visible(phone.locator("[data-code=transaction-not-understood]"));
        visit.look(phone, "phone-refused");
        assertThat(insurer.locator("#verdict")).hasCount(0);
        phone.locator("#tell").click();
        visible(phone.locator("#told"));
        assertThat(insurer.locator("#verdict")).containsText("invalid_transaction_data");
        visit.look(insurer, "verifier-told");
        phone.close();
        insurer.close();
    }

    @Test
    @Order(3)
    @DisplayName("Where there is nobody to tell, the phone does not offer to")
    void nobodyToTell() {
        Page phone = visit.phone("openid4vp://?x=1");
        visible(phone.locator("[role=alert]"));
        assertThat(phone.locator("#tell")).hasCount(0);
        phone.close();
    }

    @Test
    @Order(4)
    @DisplayName("A policeman's camera reads the rotating code from the screen, and the verdict shows what was checked")
    void camera() throws Exception {
        Page phone = visit.phone("");
        phone.locator("[data-view=cards]").click();
        phone.locator(".deck .card").first().click();
        phone.locator("#show-code").click();
        visible(phone.locator("#code"));
        visit.look(phone, "phone-code");
        phone.close();

        Wallet wallet = visit.city().phone().wallet("citizen");
        Card card = wallet.cards().get(0);
        Set<ClaimPath> claims = Set.of(ClaimPath.of("name"), ClaimPath.of("classes"));
        try (LiveCode held =
                LiveCode.hold(wallet, card.id(), claims, Chromium.get().film())) {
            assertEquals(true, held.isHeld());
            Page police = visit.verifier("tenant=police&mode=patrol");
            Locator verdict = police.locator("#verdict");
            assertThat(verdict).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(CAMERA_PATIENCE_MILLIS));
            assertEquals("accepted", verdict.getAttribute("data-status"), verdict.innerText());
            visit.look(police, "verifier-offline");
            police.close();
        }
    }

    @Test
    @Order(5)
    @DisplayName("The clerk revokes with a reason, and the insurer's next check is refused by name")
    void revoke() throws Exception {
        Page clerk = visit.clerk("traffic-police");
        clerk.locator("#tab-licences").click();
        clerk.locator("#licences tbody tr").first().click();
        visible(clerk.locator("dialog"));
        visit.look(clerk, "issuer-licence");
        clerk.locator("#reason").fill("演示");
        clerk.locator("#act-revoke").click();
        visible(clerk.locator("#licences tbody tr").first().locator(".tag.bad"));
        visit.look(clerk, "issuer-licences");
        clerk.locator("#tab-anchoring").click();
        visible(clerk.locator("#head"));
        assertThat(clerk.locator(".chart")).hasCount(1);
        visit.look(clerk, "issuer-figures");
        clerk.close();

        Page insurer = visit.verifier("tenant=insurer");
        insurer.locator("[data-preset=may-drive-car]").click();
        Page phone = visit.phone(insurer.locator("#copy").getAttribute("data-link"));
        phone.locator("#agree").click();
        Locator verdict = insurer.locator("#verdict");
        visible(verdict);
        assertThat(verdict).containsText("revoked");
        visit.look(insurer, "verifier-refused");
        phone.close();
        insurer.close();
    }

    @Test
    @Order(6)
    @DisplayName("Where several cards answer, the citizen chooses the one that is shown")
    void which() throws Exception {
        visit.issued("public-security-bureau", "resident-id-card", "citizen");
        visit.issued("public-security-bureau", "resident-id-card", "citizen");
        Page bank = visit.verifier("tenant=bank");
        bank.locator("[data-preset=age-over-18]").click();
        Page phone = visit.phone(bank.locator("#copy").getAttribute("data-link"));
        Locator which = phone.locator(".which select");
        visible(which);
        visit.look(phone, "phone-which");
        String unchosen = which.locator("option:not(:checked)").first().getAttribute("value");
        which.selectOption(unchosen);
        String sent = phone.waitForRequest(
                        "**/present", () -> phone.locator("#agree").click())
                .postData();
        assertEquals(
                new JsonArray().add(unchosen).encode(),
                new JsonObject(sent)
                        .getJsonObject("picks")
                        .iterator()
                        .next()
                        .getValue()
                        .toString());
        visible(bank.locator("#verdict"));
        phone.close();
        bank.close();
    }

    @Test
    @Order(7)
    @DisplayName("No page had an error, missed a file or asked another host")
    void quiet() {
        assertEquals(List.of(), visit.trouble());
    }
}
