package city.elicence.city.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Sha256;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pictures in the documentation, and for each a digest of what it was taken of: the page's structure, its words and its
 * stylesheets. Names, numbers, times and codes are left out, for they differ each time; a page that was changed is noticed.
 */
final class Pictures {
    private static final Path ROOT = Path.of(System.getProperty("elicence.root", ".."));
    private static final Path FOLDER = ROOT.resolve("docs/pictures");
    private static final Path DIGESTS = FOLDER.resolve("pages.json");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final boolean REFRESH = Boolean.getBoolean("elicence.pictures");
    private static final String STRUCTURE = """
            async () => {
              const state = new Set(['good', 'warn', 'bad', 'waiting', 'passed', 'failed', 'warned', 'not_checked']);
              const varying = '.checks, tbody, .timeline, svg, dl, #said, #parties, select, .presets, dialog .notice';
              const walk = (e) => {
                if (e.hidden || ['SCRIPT', 'IFRAME'].includes(e.tagName) || e.matches('.which')) return '';
                const own = e.tagName.toLowerCase() + [...e.classList].filter((c) => !state.has(c)).sort().map((c) => '.' + c).join('')
                  + (e.dataset.t ? `[${e.textContent}]` : '');
                if (e.matches(varying)) return own;
                const inner = [];
                for (const child of e.children) { const text = walk(child); if (text && !inner.includes(text)) inner.push(text); }
                return inner.length ? `${own}(${inner.join(' ')})` : own;
              };
              const sheets = await Promise.all([...document.styleSheets].map(async (s) => (await fetch(s.href)).text()));
              return walk(document.body) + sheets.join('').replace(/\\\\s+/g, ' ');
            }""";

    /** Those that the documentation shows. */
    private static final Set<String> KEPT = Set.of(
            "issuer-bulk",
            "issuer-figures",
            "issuer-form",
            "issuer-offer",
            "issuer-queue",
            "issuer-second-person",
            "phone-cards",
            "phone-code",
            "phone-consent",
            "portal",
            "tour",
            "verifier-accepted",
            "verifier-company",
            "verifier-counter",
            "verifier-offline");

    private final Map<String, String> digests = new TreeMap<>();

    Pictures() throws IOException {
        if (Files.exists(DIGESTS)) {
            new JsonObject(Files.readString(DIGESTS))
                    .forEach(e -> digests.put(e.getKey(), String.valueOf(e.getValue())));
        }
    }

    /** Compares a page with the picture of that name, or takes it anew where that was asked for. */
    void check(Page page, String name) throws IOException {
        if (!KEPT.contains(name)) {
            return;
        }
        if (REFRESH) {
            String found;
            do {
                found = digest(page);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(FOLDER.resolve(name + ".png"))
                        .setFullPage(true));
            } while (!found.equals(digest(page)));
            digests.put(name, found);
            Files.writeString(DIGESTS, new JsonObject(new LinkedHashMap<>(digests)).encodePrettily() + "\n");
            return;
        }
        assertTrue(
                Files.exists(FOLDER.resolve(name + ".png")), "no picture " + name + ": ./elicence pictures takes it");
        String kept = digests.get(name);
        String found = digest(page);
        // A page may still be loading when the test comes to look.
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !found.equals(kept) && System.nanoTime() < end; ) {
            page.waitForTimeout(100);
            found = digest(page);
        }
        assertEquals(kept, found, "the picture " + name + " is not current: ./elicence pictures takes it anew");
    }

    private static String digest(Page page) {
        return Sha256.hex(String.valueOf(page.evaluate(STRUCTURE)).getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }
}
