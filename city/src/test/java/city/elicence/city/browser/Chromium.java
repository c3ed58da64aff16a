package city.elicence.city.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A real headless Chromium, one for all tests of this JVM, whose camera shows the video in a file. */
final class Chromium {
    private static @Nullable Chromium instance;

    private final Browser browser;
    private final Path film;

    private Chromium(Browser browser, Path film) {
        this.browser = browser;
        this.film = film;
    }

    /** The browser, started at first use; where there is none the test is skipped, and fails in CI. */
    static synchronized Chromium get() throws IOException {
        if (instance == null) {
            instance = start(Files.createTempDirectory("camera").resolve("phone.y4m"));
        }
        return instance;
    }

    private static Chromium start(Path cameraVideo) {
        Optional<Path> program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            String message = "no Chromium on this machine: ./elicence test installs it where it can";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-video-capture=" + cameraVideo));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program.get())
                        .setArgs(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return new Chromium(browser, cameraVideo);
    }

    Browser browser() {
        return browser;
    }

    /** What the camera shows. */
    Path film() {
        return film;
    }
}
