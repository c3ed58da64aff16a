package city.elicence.city.browser;

import static city.elicence.city.browser.Visit.visible;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The city's front door, in a real browser. */
class PortalTest {
    private static final double PATIENCE_MILLIS = 90_000;

    @Test
    @DisplayName(
            "The portal shows the city at a glance, in English too, by keyboard too, in the dark if that is wanted")
    void portal() throws Exception {
        try (Visit visit = Visit.begin()) {
            Page portal = visit.page(visit.city().portal().link().toString().replace("/#", "/?lang=en#"));
            visible(portal.locator("#doors .button").first());
            assertThat(portal.locator("h1")).containsText("citizen");
            assertThat(portal.locator("#parties details"))
                    .hasCount(visit.city().city().parties().size());
            visit.look(portal, "portal");
            portal.keyboard().press("Tab");
            assertThat(portal.locator(".skip")).isFocused();
            portal.locator("#theme").click();
            assertThat(portal.locator("html")).hasAttribute("data-theme", "dark");
            portal.reload();
            assertThat(portal.locator("html")).hasAttribute("data-theme", "dark");
            portal.setViewportSize(2560, 1440);
            visible(portal.locator("#doors .button").first());
            assertEquals(List.of(), visit.trouble());
        }
    }

    @Test
    @DisplayName(
            "The guided tour plays the main job on the real pages: offered, accepted, asked, agreed, revoked, refused by name")
    void tour() throws Exception {
        try (Visit visit = Visit.begin()) {
            Page tour = visit.page(visit.city().portal().link().toString().replace("/#", "/tour.html#"));
            tour.setViewportSize(1600, 1000);
            // Somebody played half of it before: the phone has another licence that would do.
            play(tour, "offer", "scan", "accept");
            tour.reload();
            FrameLocator desk = tour.frameLocator("#screen iframe:not([hidden])");
            play(tour, "offer", "scan", "accept", "ask", "consent", "agree");
            assertThat(desk.locator("#verdict")).hasAttribute("data-status", "accepted");
            visit.look(tour, "tour");
            play(tour, "revoke", "again");
            assertThat(desk.locator("#verdict")).containsText("revoked");
            assertEquals(List.of(), visit.trouble());
        }
    }

    private static void play(Page tour, String... steps) {
        for (String step : steps) {
            assertThat(tour.locator("#step"))
                    .isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(PATIENCE_MILLIS));
            tour.locator("#step").click();
            assertThat(tour.locator("#stage"))
                    .hasAttribute(
                            "data-step", step, new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS));
        }
    }

    @Test
    @DisplayName(
            "The page for one's own phone shows the code that the app takes its trust from, and says what is missing")
    void ownPhone() throws Exception {
        try (Visit visit = Visit.begin()) {
            Page page = visit.page(visit.city().portal().base() + "/own-phone.html?lang=en");
            Visit.loaded(page.locator(".qr img"));
            assertThat(page.locator("#trust"))
                    .hasAttribute("href", Pattern.compile("elicence-trust://\\?address=http.*&key=.*"));
            assertThat(page.locator("#main")).containsText("--host");
            assertThat(page.locator("#main")).containsText("./elicence apk");
            visit.look(page, "own-phone");
            assertEquals(List.of(), visit.trouble());
        }
    }

    @Test
    @DisplayName(
            "Without the portal's link nobody is let into the tour or the phone; the page says what to do, in either language")
    void locked() throws Exception {
        try (Visit visit = Visit.begin()) {
            Page tour = visit.page(visit.city().portal().base() + "/tour.html");
            assertThat(tour.locator("#said.bad")).isVisible();
            Page phone = visit.page(visit.city().phone().base().toString());
            for (Page page : List.of(tour, phone)) {
                page.navigate(page.url().replaceFirst("[?].*", "") + "?lang=en");
                assertThat(page.locator(".notice.bad")).containsText("the terminal");
                page.locator("#language").click();
                assertThat(page.locator(".notice.bad")).containsText("终端");
            }
            visit.look(tour, "tour-locked");
        }
    }
}
