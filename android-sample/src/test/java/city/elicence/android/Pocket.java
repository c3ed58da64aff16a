package city.elicence.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.KeyguardManager;
import android.bluetooth.BluetoothManager;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.net.Uri;
import android.nfc.NfcAdapter;
import android.view.View;
import city.elicence.android.cards.CardActivity;
import city.elicence.android.cards.CardsActivity;
import city.elicence.android.cards.WelcomeActivity;
import city.elicence.android.receive.OfferActivity;
import city.elicence.android.record.SettingsActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowToast;

/** A citizen's phone with licences in every state, each received through the app's own screens from the live issuer. */
final class Pocket {
    private static @Nullable Path filled;

    private Pocket() {}

    /** The phone as it was when it had been filled; the first call fills it. */
    static void open() throws Exception {
        FakeKeystore.install();
        Context context = RuntimeEnvironment.getApplication();
        shadowOf(context.getSystemService(KeyguardManager.class)).setIsDeviceSecure(true);
        shadowOf(RuntimeEnvironment.getApplication())
                .grantPermissions(Manifest.permission.BLUETOOTH_ADVERTISE, Manifest.permission.BLUETOOTH_CONNECT);
        shadowOf(context.getSystemService(BluetoothManager.class).getAdapter()).setEnabled(true);
        shadowOf(context.getPackageManager()).setSystemFeature(PackageManager.FEATURE_NFC_HOST_CARD_EMULATION, true);
        shadowOf(NfcAdapter.getDefaultAdapter(context)).setEnabled(true);
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
        receive("traffic-police", "driving-licence", LiveCity.sample("driving-licence"), "dc+sd-jwt", "mso_mdoc");
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
    static void receive(String office, String type, JSONObject claims, String... formats) throws Exception {
        int before = Finger.prompts;
        String link = LiveCity.get().offer(office, type, claims, formats);
        OfferActivity offer = Hand.open(OfferActivity.class, new Intent().setData(Uri.parse(link)));
        Hand.until(offer, "offer", () -> Hand.find(offer, offer.getString(R.string.accept)) != null);
        Hand.press(offer, R.string.accept);
        Hand.until(offer, "received", offer::isFinishing);
        assertEquals(offer.getString(R.string.received), ShadowToast.getTextOfLatestToast());
        assertTrue("a licence is received with a finger", Finger.prompts > before);
    }

    /** The driving licence's own screen: of its two formats the one that can be shown by this act. */
    static CardActivity drivingLicence(int act) {
        CardsActivity cards = Hand.open(CardsActivity.class, new Intent());
        Hand.until("cards", () -> Hand.find(cards, cards.getString(R.string.refresh)) != null);
        for (View view : Hand.all(Hand.root(cards))) {
            String said = String.valueOf(view.getContentDescription());
            if (said.startsWith("Driving licence") || said.startsWith("机动车驾驶证")) {
                view.performClick();
                CardActivity card =
                        Hand.open(CardActivity.class, shadowOf(cards).getNextStartedActivity());
                Hand.until("card", () -> Hand.find(card, card.getString(R.string.delete)) != null);
                if (Hand.find(card, card.getString(act)) != null) {
                    cards.finish();
                    return card;
                }
                card.finish();
            }
        }
        throw new AssertionError("no driving licence can be shown so:\n" + Hand.words(cards));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
    }
}
