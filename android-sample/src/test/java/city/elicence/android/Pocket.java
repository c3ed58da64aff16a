package city.elicence.android;

import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.app.KeyguardManager;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import city.elicence.android.cards.CardsActivity;
import city.elicence.android.cards.WelcomeActivity;
import city.elicence.android.receive.OfferActivity;
import city.elicence.android.record.SettingsActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.robolectric.RuntimeEnvironment;

/** A citizen's phone with licences in every state, each received through the app's own screens from the live issuer. */
final class Pocket {
    private static @Nullable Path filled;

    private Pocket() {}

    /** The phone as it was when it had been filled; the first call fills it. */
    static void open() throws Exception {
        FakeKeystore.install();
        Context context = RuntimeEnvironment.getApplication();
        shadowOf(context.getSystemService(KeyguardManager.class)).setIsDeviceSecure(true);
        Path own = context.getFilesDir().toPath().resolve("wallet");
        Path kept = filled;
        if (kept == null) {
            begin();
            trust();
            fill();
            kept = Files.createTempDirectory("pocket");
            copy(own, kept);
            filled = kept;
        } else {
            begin();
            trust();
            copy(kept, own);
        }
    }

    private static void begin() {
        WelcomeActivity welcome = Hand.open(WelcomeActivity.class, new Intent());
        Hand.press(welcome, R.string.begin);
    }

    /** By the code that the city's portal shows. */
    private static void trust() throws Exception {
        JSONObject trust = LiveCity.get().trust();
        Uri link = new Uri.Builder()
                .scheme("elicence-trust")
                .authority("")
                .appendQueryParameter("address", trust.getString("address"))
                .appendQueryParameter("key", trust.getString("key"))
                .build();
        SettingsActivity settings = Hand.open(SettingsActivity.class, new Intent().setData(link));
        Hand.press(settings, R.string.trust_fetch);
        Hand.until("the list is taken", () -> app().trust().isKnown());
        settings.finish();
    }

    static WalletApp app() {
        return (WalletApp) RuntimeEnvironment.getApplication();
    }

    private static void fill() throws Exception {
        receive("traffic-police", "driving-licence", LiveCity.sample("driving-licence"));
        receive("public-security-bureau", "resident-id-card", LiveCity.sample("resident-id-card"));
        JSONObject soon = LiveCity.sample("social-security-card");
        soon.put("valid_until", LocalDate.now(ZoneOffset.UTC).plusDays(14).toString());
        receive("human-resources", "social-security-card", soon);
        receive("education-commission", "teacher-qualification", LiveCity.sample("teacher-qualification"));
        receive("disabled-persons-federation", "disability-certificate", LiveCity.sample("disability-certificate"));
        LiveCity.get().change("education-commission", "teacher-qualification", "suspend");
        LiveCity.get().change("disabled-persons-federation", "disability-certificate", "revoke");
        CardsActivity cards = Hand.open(CardsActivity.class, new Intent());
        String waiting = cards.getString(R.string.not_anchored);
        for (int tries = 0; tries < 100 && (tries == 0 || Hand.words(cards).contains(waiting)); tries++) {
            Thread.sleep(200);
            Hand.press(cards, R.string.refresh);
            Hand.until("refreshed", () -> Hand.find(cards, cards.getString(R.string.refresh)) != null);
        }
        cards.finish();
        receive("hospital", "health-certificate", LiveCity.sample("health-certificate"));
    }

    /** Offer, look, accept, one finger. */
    static void receive(String office, String type, JSONObject claims) throws Exception {
        int before = Finger.prompts;
        String link = LiveCity.get().offer(office, type, claims);
        OfferActivity offer = Hand.open(OfferActivity.class, new Intent().setData(Uri.parse(link)));
        Hand.press(offer, R.string.accept);
        Hand.until(offer, "received", offer::isFinishing);
        assertTrue("a licence is received with a finger", Finger.prompts > before);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
