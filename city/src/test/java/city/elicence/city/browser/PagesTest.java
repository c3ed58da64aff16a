package city.elicence.city.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.city.TestCity;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.store.Card;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int SCANS = 4;
    private static final long SCAN_NANOS = 20_000_000_000L;
    private static final double PATIENCE_MILLIS = 60_000;
    private static final Path PICTURES = Path.of("target", "pictures");

    private static TestCity running;
    private static Chromium chromium;
    private static Path film;
    private static BrowserContext context;
    private static final List<String> TROUBLE = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        film = Files.createTempDirectory("camera").resolve("phone.y4m");
        chromium = Chromium.start(film);
        running = TestCity.get();
        Files.createDirectories(PICTURES);
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1180, 860)
                        .setLocale("zh-CN")
                        .setPermissions(List.of("camera", "clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                TROUBLE.add(message.text());
            }
        });
        context.onResponse(response -> {
            if (response.status() == 404) {
                TROUBLE.add("missing: " + response.url());
            }
        });
        context.onWebError(error -> TROUBLE.add(error.error()));
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("A clerk issues from the generated form, and a citizen accepts on the phone")
    void issue() {
        Page clerk = clerk();
        clerk.locator("#type").selectOption("driving-licence");
        clerk.locator("#sample").click();
        shoot(clerk, "issuer-form");
        clerk.locator("#make-offer").click();
        Locator copy = clerk.locator("#copy");
        loaded(clerk.locator(".qr img"));
        shoot(clerk, "issuer-offer");
        String link = copy.getAttribute("data-link");

        Page phone = phone(link);
        phone.locator("#accept").click();
        visible(phone.locator(".deck .card"));
        shoot(phone, "phone-received");
        phone.locator("[data-view=cards]").click();
        visible(phone.locator(".deck .card"));
        shoot(phone, "phone-cards");
        phone.close();
        clerk.close();
    }

    @Test
    @Order(2)
    @DisplayName("A wrong number is refused at its field, and nothing is issued")
    void wrongNumber() {
        Page clerk = clerk();
        clerk.locator("#type").selectOption("driving-licence");
        clerk.locator("#sample").click();
        Locator number = clerk.locator("[data-path=id_number] input");
        number.fill("110199199001010000");
        clerk.locator("#make-offer").click();
        visible(clerk.locator("[data-path=id_number][data-bad]"));
        shoot(clerk, "issuer-problem");
        clerk.close();
    }

    @Test
    @Order(3)
    @DisplayName("An insurer asks by QR, the citizen sees what is asked and agrees, the verdict is green")
    void online() {
        Page insurer = verifier("insurer");
        insurer.locator("[data-preset=may-drive-car]").click();
        String link = insurer.locator("#copy").getAttribute("data-link");
        shoot(insurer, "verifier-request");
        Page phone = phone(link);
        visible(phone.locator("#agree"));
        shoot(phone, "phone-consent");
        phone.locator("#agree").click();
        Locator verdict = insurer.locator("#verdict");
        visible(verdict);
        assertEquals("accepted", verdict.getAttribute("data-status"));
        shoot(insurer, "verifier-accepted");
        phone.close();
        insurer.close();
    }

    @Test
    @Order(4)
    @DisplayName("A policeman's camera reads the rotating code from the screen, and the verdict shows what was checked")
    void camera() throws Exception {
        Page phone = phone("");
        phone.locator("[data-view=cards]").click();
        phone.locator(".deck .card").first().click();
        phone.locator("#show-code").click();
        visible(phone.locator("#code"));
        shoot(phone, "phone-code");
        phone.close();

        Page police = verifier("police");
        Wallet wallet = running.phone().wallet("citizen");
        Card card = wallet.cards().get(0);
        Locator verdict = police.locator("#verdict");
        // As at a kerb: a code that ran out before the camera had all of it is shown again.
        for (int attempt = 0; attempt < SCANS && !verdict.isVisible(); attempt++) {
            film(wallet.offlineCode(card.id(), Set.of(ClaimPath.of("name"), ClaimPath.of("classes")))
                    .orThrow());
            police.locator("#tab-scan").click();
            long end = System.nanoTime() + SCAN_NANOS;
            while (!verdict.isVisible() && System.nanoTime() < end) {
                police.waitForTimeout(100);
            }
        }
        shoot(police, "verifier-offline");
        assertEquals("accepted", verdict.getAttribute("data-status"), verdict.innerText());
        police.close();
    }

    @Test
    @Order(5)
    @DisplayName("The clerk revokes with a reason, and the insurer's next check is refused by name")
    void revoke() {
        Page clerk = clerk();
        clerk.locator("#tab-licences").click();
        clerk.locator("#licences tbody tr").first().click();
        shoot(clerk, "issuer-licence");
        clerk.locator("#reason").fill("演示");
        clerk.locator("#act-revoke").click();
        visible(clerk.locator("#licences .tag.bad"));
        shoot(clerk, "issuer-licences");
        clerk.locator("#tab-anchoring").click();
        visible(clerk.locator("dl.facts"));
        shoot(clerk, "issuer-ledger");
        clerk.close();

        Page insurer = verifier("insurer");
        insurer.locator("[data-preset=may-drive-car]").click();
        Page phone = phone(insurer.locator("#copy").getAttribute("data-link"));
        phone.locator("#agree").click();
        Locator verdict = insurer.locator("#verdict");
        visible(verdict);
        assertThat(verdict).containsText("revoked");
        shoot(insurer, "verifier-revoked");
        phone.close();
        insurer.close();
    }

    @Test
    @Order(6)
    @DisplayName("The portal shows the city, in English too, and no page had an error or asked another host")
    void portal() {
        Page portal = context.newPage();
        portal.navigate(running.portal().base() + "/?lang=en");
        visible(portal.locator("#doors .button").first());
        shoot(portal, "portal");
        assertThat(portal.locator("h1")).containsText("citizen");
        portal.close();
        TROUBLE.removeIf(text -> text.contains("400") || text.contains("401") || text.contains("422"));
        assertEquals(List.of(), TROUBLE);
    }

    private static Page clerk() {
        Page page = context.newPage();
        page.navigate(running.city()
                .signInLink(running.city().issuerBase(), StaffRole.CLERK)
                .toString());
        visible(page.locator("#console"));
        return page;
    }

    private static Page verifier(String tenant) {
        Page page = context.newPage();
        String link = running.city()
                .signInLink(running.city().verifierBase(), StaffRole.VERIFIER)
                .toString();
        page.navigate(link.replace("/#", "/?tenant=" + tenant + "#"));
        visible(page.locator("#console"));
        return page;
    }

    private static Page phone(String read) {
        Page page = context.newPage();
        page.setViewportSize(390, 844);
        String more = read.isEmpty() ? "" : "&read=" + URLEncoder.encode(read, StandardCharsets.UTF_8);
        page.navigate(running.phone().link() + more);
        return page;
    }

    private static void film(OfflineShowing showing) throws IOException, QrException {
        List<byte[]> codes = new ArrayList<>();
        showing.frames().forEach(frame -> codes.add(frame.octets()));
        Video.write(film, codes);
    }

    /** Waits for a picture; not by a script in the page, which its content security policy forbids. */
    private static void loaded(Locator picture) {
        visible(picture);
        long end = System.nanoTime() + (long) (PATIENCE_MILLIS * 1_000_000);
        while (((Number) picture.evaluate("image => image.naturalWidth")).intValue() < 100) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the picture of the code does not load");
            }
        }
    }

    private static void visible(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }
}
