package city.elicence.city.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.city.TestCity;
import city.elicence.credentials.staff.StaffRole;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A visit to the city's pages: all of it in one browser context, and whatever goes wrong on a page is written down. */
final class Visit implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final int NARROWEST = 320;
    private static final Pattern OURS = Pattern.compile("(https?://127\\.0\\.0\\.1:[0-9]+/|data:|blob:).*");
    /** A refusal that a test provokes; what the page makes of it is what the test looks at. */
    private static final Pattern PROVOKED = Pattern.compile(".*status of (400|401|409|422) .*");

    private final TestCity city = TestCity.get();
    private final BrowserContext context;
    private final List<String> trouble = new ArrayList<>();
    private final Pictures pictures = new Pictures();

    private Visit() throws Exception {
        context = Chromium.get()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1180, 860)
                        .setLocale("zh-CN")
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setPermissions(List.of("camera", "clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !PROVOKED.matcher(message.text()).matches()) {
                trouble.add(message.text());
            }
        });
        context.onRequest(request -> {
            if (!OURS.matcher(request.url()).matches()) {
                trouble.add("asked another host: " + request.url());
            }
        });
        context.onResponse(response -> {
            if (response.status() == 404 || response.status() >= 500) {
                trouble.add(response.status() + " " + response.url());
            }
        });
        context.onWebError(error -> trouble.add(error.error()));
    }

    static Visit begin() throws Exception {
        return new Visit();
    }

    TestCity city() {
        return city;
    }

    Page clerk(String tenant) {
        return clerk(tenant, StaffRole.CLERK);
    }

    Page clerk(String tenant, StaffRole role) {
        return signedIn(city.city().issuerBase(), role, "/?tenant=" + tenant);
    }

    Page verifier(String query) {
        return signedIn(city.city().verifierBase(), StaffRole.VERIFIER, "/?" + query);
    }

    private Page signedIn(URI base, StaffRole role, String path) {
        Page page = context.newPage();
        page.navigate(city.city().signInLink(base, role).toString().replace("/#", path + "#"));
        visible(page.locator("#console"));
        return page;
    }

    /** The demonstration phone, reading a link if there is one. */
    Page phone(String read) {
        Page page = context.newPage();
        page.setViewportSize(390, 844);
        String more = read.isEmpty() ? "" : "&read=" + URLEncoder.encode(read, StandardCharsets.UTF_8);
        page.navigate(city.phone().link() + more);
        return page;
    }

    Page page(String address) {
        Page page = context.newPage();
        page.navigate(address);
        return page;
    }

    /** Issues a type's sample and accepts it on the phone. */
    void issued(String tenant, String type, String holder) {
        Page clerk = clerk(tenant);
        clerk.locator("#type").selectOption(type);
        clerk.locator("#sample").click();
        clerk.locator("#make-offer").click();
        String link = clerk.locator("#copy").getAttribute("data-link");
        Page phone = context.newPage();
        phone.setViewportSize(390, 844);
        phone.navigate(city.phone().link().toString().replace("/#", "/?holder=" + holder + "#") + "&read="
                + URLEncoder.encode(link, StandardCharsets.UTF_8));
        phone.locator("#accept").click();
        visible(phone.locator(".deck .card"));
        phone.close();
        clerk.close();
    }

    /**
     * Looks at a page as people of all kinds would: axe-core finds nothing (WCAG), in the dark no text is hard to read, and on the
     * narrowest phone nothing sticks out; its picture in the documentation is still what it looks like.
     */
    void look(Page page, String name) throws IOException {
        pictures.check(page, name);
        page.evaluate(axe());
        accessible(page, name, "");
        theme(page, "dark");
        accessible(page, name + " in the dark", ", {runOnly: ['color-contrast']}");
        theme(page, "");
        var size = page.viewportSize();
        page.setViewportSize(NARROWEST, 700);
        Object sticking = page.evaluate("() => document.documentElement.scrollWidth <= innerWidth ? [] :"
                + " [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
                + ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))");
        assertEquals(List.of(), sticking, name + " at " + NARROWEST + " pixels");
        page.setViewportSize(size.width, size.height);
    }

    private static void accessible(Page page, String name, String options) {
        Object found = page.evaluate(
                "async () => (await axe.run({exclude: [['iframe']]}" + options
                        + ")).violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join(' | '))");
        assertEquals(List.of(), found, name);
    }

    private static void theme(Page page, String theme) {
        page.evaluate(
                "theme => { if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme; }",
                theme);
    }

    private static String axe() throws IOException {
        try (InputStream in = Visit.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("axe.version") + "/axe.min.js")) {
            if (in == null) {
                throw new IOException("axe-core is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void visible(Locator locator) {
        assertThat(locator).isVisible();
    }

    /** Waits for a picture; not by a script in the page, which its content security policy forbids. */
    static void loaded(Locator picture) {
        visible(picture);
        long end = System.nanoTime() + (long) (PATIENCE_MILLIS * 1_000_000);
        while (((Number) picture.evaluate("image => image.naturalWidth")).intValue() < 100) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the picture of the code does not load");
            }
        }
    }

    /** What went wrong on any page so far. */
    List<String> trouble() {
        return List.copyOf(trouble);
    }

    @Override
    public void close() {
        context.close();
    }
}
