package city.elicence.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.app.Activity;
import android.app.KeyguardManager;
import android.content.Intent;
import android.graphics.Bitmap;
import android.net.Uri;
import android.os.Looper;
import android.view.WindowManager;
import android.widget.CheckBox;
import city.elicence.android.cards.CardActivity;
import city.elicence.android.cards.CardsActivity;
import city.elicence.android.cards.WelcomeActivity;
import city.elicence.android.company.CompanyActivity;
import city.elicence.android.present.CodeActivity;
import city.elicence.android.present.ConsentActivity;
import city.elicence.android.receive.OfferActivity;
import city.elicence.android.receive.ScanActivity;
import city.elicence.android.record.BackupActivity;
import city.elicence.android.record.HistoryActivity;
import city.elicence.android.record.SettingsActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowToast;

/** The app as it ships, on Robolectric, against a city that runs: licences in, licences out, and every screen looked at. */
@RunWith(RobolectricTestRunner.class)
@Config(
        qualifiers = "en-rGB-w360dp-h780dp-xhdpi",
        shadows = {Finger.class, Air.class})
public class PhoneTest {
    @Before
    public void fill() throws Exception {
        Finger.touches = true;
        Pocket.open();
    }

    @Test
    public void theClassesUnderTestAreThoseInTheApk() {
        String shrunk = System.getProperty("shrunk");
        for (String name : List.of(
                "city.elicence.android.WalletApp",
                "city.elicence.wallet.Wallet",
                "city.elicence.credentials.verify.PresentationVerifier",
                "com.nimbusds.jose.JWEObject",
                "com.fasterxml.jackson.core.JsonFactory",
                "com.google.zxing.qrcode.encoder.Encoder")) {
            String file = name.replace('.', '/') + ".class";
            assertTrue(
                    name + " from " + getClass().getClassLoader().getResource(file),
                    String.valueOf(getClass().getClassLoader().getResource(file))
                            .contains(shrunk));
        }
    }

    @Test
    public void aConsentThatTheHolderConfirmsIsAcceptedByTheVerifier() throws Exception {
        JSONObject check = LiveCity.get().ask("insurer", "may-drive-car");
        ConsentActivity consent = consent(check);
        Hand.reads(consent, "Demonstration Insurance Company");
        Hand.reads(consent, consent.getString(R.string.accredited));
        int before = Finger.prompts;
        Hand.press(consent, R.string.agree);
        Hand.until(consent, "shown", consent::isFinishing);
        assertEquals("one finger for one presentation", before + 1, Finger.prompts);
        assertEquals("accepted", decided(check));
    }

    @Test
    public void withoutTheFingerNothingLeavesThePhone() throws Exception {
        JSONObject check = LiveCity.get().ask("insurer", "may-drive-car");
        ConsentActivity consent = consent(check);
        Hand.until("asked", () -> Hand.find(consent, consent.getString(R.string.agree)) != null);
        Finger.touches = false;
        Hand.press(consent, R.string.agree);
        Hand.reads(consent, "key-not-released");
        assertEquals("waiting", LiveCity.get().result(check).getString("status"));
    }

    @Test
    public void toDenyIsOneTapOfTheSameSizeAndNeedsNoFinger() throws Exception {
        JSONObject check = LiveCity.get().ask("bank", "account-opening");
        ConsentActivity consent = consent(check);
        Hand.until("asked", () -> Hand.find(consent, consent.getString(R.string.deny)) != null);
        assertEquals(width(consent, R.string.agree), width(consent, R.string.deny));
        int before = Finger.prompts;
        Hand.press(consent, R.string.deny);
        Hand.until("denied", consent::isFinishing);
        assertEquals(before, Finger.prompts);
        assertNotEquals("accepted", decided(check));
        HistoryActivity history = Hand.open(HistoryActivity.class, new Intent());
        Hand.reads(history, history.getString(R.string.kind_denied));
    }

    @Test
    public void whatIsWrongWithARequestIsToldToWhoAskedWhenTheHolderSaysSo() throws Exception {
        JSONObject check = LiveCity.get().askWhatNoPhoneKnows();
        ConsentActivity refused = consent(check);
        Hand.reads(refused, "transaction-not-understood");
        assertEquals("waiting", LiveCity.get().result(check).getString("status"));
        Hand.press(refused, R.string.tell);
        Hand.until(refused, "told", refused::isFinishing);
        assertEquals(refused.getString(R.string.told), ShadowToast.getTextOfLatestToast());
        assertEquals("declined", decided(check));
        assertEquals(
                "invalid_transaction_data",
                LiveCity.get().result(check).getJSONObject("report").getString("wallet_error"));
    }

    @Test
    public void aCodeReadFromTheScreensOwnPixelsIsAcceptedByAnInspector() throws Exception {
        CodeActivity code = code(true);
        assertEquals(1f, code.getWindow().getAttributes().screenBrightness, 0);
        assertTrue((code.getWindow().getAttributes().flags & WindowManager.LayoutParams.FLAG_SECURE) != 0);
        List<byte[]> scanned = scan(code);
        JSONObject verdict = LiveCity.get().scanned("police", scanned);
        assertEquals(verdict.toString(), "accepted", verdict.getString("outcome"));
        JSONObject again = LiveCity.get().scanned("police", scanned);
        assertEquals(again.toString(), "refused", again.getString("outcome"));
    }

    @Test
    public void theNextCodeWantsTheFingerAgainAndWithoutItTheScreenIsBlank() throws Exception {
        CodeActivity code = code(true);
        Finger.touches = false;
        Hand.press(code, R.string.show_again);
        Hand.reads(code, "You did not confirm");
        assertFalse(
                "no code is left", FullReader.read(Picture.of(code)).stream().anyMatch(octets -> octets.length > 100));
    }

    @Test
    public void aCompanysRequestIsReadOnThePhoneAndSignedWithOneFinger() throws Exception {
        pairWithCompany();
        JSONObject check = LiveCity.get().askCompany();
        CompanyActivity company = Hand.open(CompanyActivity.class, new Intent());
        Hand.press(company, R.string.company_look);
        Hand.reads(company, "Open an account, CNY 50,000.00");
        Hand.reads(company, company.getString(R.string.accredited));
        assertEquals(width(company, R.string.company_approve), width(company, R.string.deny));
        Finger.touches = false;
        Hand.press(company, R.string.company_approve);
        Hand.reads(company, "key-not-released");
        assertEquals("waiting", LiveCity.get().result(check).getString("status"));
        Finger.touches = true;
        company.finish();
        CompanyActivity again = Hand.open(CompanyActivity.class, new Intent());
        Hand.press(again, R.string.company_look);
        int before = Finger.prompts;
        Hand.press(again, R.string.company_approve);
        Hand.reads(again, again.getString(R.string.company_nothing));
        assertEquals("one finger for one decision", before + 1, Finger.prompts);
        assertEquals("accepted", decided(check));

        JSONObject unwanted = LiveCity.get().askCompany();
        Hand.press(again, R.string.refresh);
        Hand.press(again, R.string.company_look);
        Hand.press(again, R.string.deny);
        Hand.reads(again, again.getString(R.string.company_nothing));
        assertEquals("declined", decided(unwanted));
    }

    /** The code on the company wallet's page, scanned. */
    private static void pairWithCompany() throws Exception {
        Uri link = Uri.parse(LiveCity.get().companyLink());
        CompanyActivity pairing = Hand.open(CompanyActivity.class, new Intent().setData(link));
        Picture.keep(pairing, "company-pair");
        Hand.press(pairing, R.string.company_pair_go);
        Hand.until(pairing, "connected", () -> Hand.find(pairing, pairing.getString(R.string.refresh)) != null);
        pairing.finish();
    }

    @Test
    public void everyScreenCanBeReadInBothLanguagesByDayAndNightAndWithLargeLetters() throws Exception {
        pairWithCompany();
        LiveCity.get().askCompany();
        for (String language : List.of("en-rGB", "zh-rCN")) {
            for (String light : List.of("notnight", "night")) {
                for (float letters : new float[] {1f, 2f}) {
                    RuntimeEnvironment.setQualifiers("+" + language + "-" + light);
                    RuntimeEnvironment.setFontScale(letters);
                    look(language.substring(0, 2) + "-" + (light.equals("night") ? "dark" : "light") + "-"
                            + (letters > 1 ? "large" : "normal"));
                }
            }
        }
    }

    private static void look(String how) throws Exception {
        keep("cards", how, Hand.open(CardsActivity.class, new Intent()), R.string.refresh);
        keep("card", how, Pocket.drivingLicence(R.string.show_code), R.string.show_code);
        keep("card-mobile", how, Pocket.drivingLicence(R.string.near), R.string.near);
        Encounter encounter = new Encounter();
        Picture.keep(encounter.screen, "near-" + how);
        encounter.scan();
        encounter.ask(Encounter.FULL);
        keep("near-consent", how, encounter.screen, R.string.agree);
        Encounter unknown = new Encounter();
        unknown.scan();
        unknown.askUnsigned(Encounter.FULL);
        keep("near-unknown", how, unknown.screen, R.string.agree);
        String offered = LiveCity.get().offer("hospital", "medical-invoice", LiveCity.sample("medical-invoice"));
        Activity offer = Hand.open(OfferActivity.class, new Intent().setData(Uri.parse(offered)));
        keep("offer", how, offer, R.string.accept);
        keep("consent", how, consent(LiveCity.get().ask("bank", "account-opening")), R.string.agree);
        keep("code", how, code(true), R.string.hold_still);
        keep("history", how, Hand.open(HistoryActivity.class, new Intent()), R.string.history);
        keep("backup", how, Hand.open(BackupActivity.class, new Intent()), R.string.backup_save);
        keep("company", how, Hand.open(CompanyActivity.class, new Intent()), R.string.company_look);
        CompanyActivity approval = Hand.open(CompanyActivity.class, new Intent());
        Hand.press(approval, R.string.company_look);
        keep("approval", how, approval, R.string.company_approve);
        keep("settings", how, Hand.open(SettingsActivity.class, new Intent()), R.string.delete_all);
        keep("scan", how, Hand.open(ScanActivity.class, new Intent()), R.string.scan);
        KeyguardManager lock = RuntimeEnvironment.getApplication().getSystemService(KeyguardManager.class);
        shadowOf(lock).setIsDeviceSecure(false);
        keep("welcome-no-lock", how, Hand.open(WelcomeActivity.class, new Intent()), R.string.set_lock);
        shadowOf(lock).setIsDeviceSecure(true);
        keep("welcome", how, Hand.open(WelcomeActivity.class, new Intent()), R.string.begin);
        Activity refused = Hand.open(ConsentActivity.class, new Intent().setData(Uri.parse("openid4vp://?x=1")));
        keep("refusal", how, refused, R.string.close);
    }

    private static int width(Activity screen, int name) {
        android.view.View view = Hand.find(screen, screen.getString(name));
        return view == null ? -1 : view.getWidth();
    }

    private static void keep(String name, String how, Activity screen, int whenThere) throws Exception {
        Hand.until(screen, name, () -> Hand.find(screen, screen.getString(whenThere)) != null);
        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(20));
        Picture.keep(screen, name + "-" + how);
        screen.finish();
    }

    private static ConsentActivity consent(JSONObject check) throws Exception {
        return Hand.open(ConsentActivity.class, new Intent().setData(Uri.parse(check.getString("link"))));
    }

    private static String decided(JSONObject check) throws Exception {
        for (int tries = 0; tries < 400; tries++) {
            String status = LiveCity.get().result(check).getString("status");
            if (!List.of("waiting", "deciding", "returning").contains(status)) {
                return status;
            }
            Thread.sleep(50);
        }
        return "undecided";
    }

    private static CodeActivity code(boolean withName) {
        CardActivity card = Pocket.drivingLicence(R.string.show_code);
        for (android.view.View view : Hand.all(Hand.root(card))) {
            if (view instanceof CheckBox tick && withName) {
                String label = String.valueOf(tick.getText());
                if (label.startsWith("Name\n") || label.startsWith("姓名\n") || label.contains("C1")) {
                    tick.setChecked(true);
                }
            }
        }
        Hand.press(card, R.string.show_code);
        Intent next = shadowOf(card).getNextStartedActivity();
        card.finish();
        CodeActivity code = Hand.open(CodeActivity.class, next);
        Hand.reads(code, code.getString(R.string.hold_still));
        return code;
    }

    /** What a camera in front of the screen reads: a picture after another until each frame was seen. */
    private static List<byte[]> scan(CodeActivity code) throws Exception {
        List<byte[]> seen = new ArrayList<>();
        for (int shots = 0; shots < 8; shots++) {
            Bitmap shot = Picture.of(code);
            for (byte[] octets : FullReader.read(shot)) {
                seen.add(octets);
            }
            shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(170));
        }
        assertFalse("a code is on the screen", seen.isEmpty());
        return seen;
    }
}
