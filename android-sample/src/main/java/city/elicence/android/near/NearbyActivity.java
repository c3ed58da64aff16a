package city.elicence.android.near;

import android.bluetooth.BluetoothAdapter;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.graphics.Bitmap;
import android.graphics.Color;
import android.net.Uri;
import android.nfc.NfcAdapter;
import android.nfc.cardemulation.CardEmulation;
import android.os.Bundle;
import android.provider.Settings;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.view.WindowManager;
import android.widget.ImageView;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.R;
import city.elicence.android.cards.CardActivity;
import city.elicence.android.screen.CodePicture;
import city.elicence.android.screen.Screen;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.proximity.NearbyConsent;
import city.elicence.wallet.proximity.NearbyReader;
import city.elicence.wallet.proximity.Type4Tag;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A licence shown face to face: the code, and the same by a touch, until a reader asks over Bluetooth; then who asks and for
 * what, and nothing goes before the holder says so.
 */
public final class NearbyActivity extends Screen {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ALLOW = 21;
    private static final int TURN_ON = 22;

    private @Nullable NearbyReader session;
    private boolean asked;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON);
        begin();
    }

    private void begin() {
        end();
        BleRadio radio = new BleRadio(this);
        String[] missing = BleRadio.missing(this);
        if (!radio.isThere()) {
            problem(R.string.near_no_radio);
        } else if (missing.length > 0) {
            problem(R.string.near_why);
            // Who said no twice is not asked again by Android, and finds the switch in its settings.
            boolean refused = asked && !shouldShowRequestPermissionRationale(missing[0]);
            add(look().primary(
                            getString(refused ? R.string.near_system : R.string.near_allow),
                            refused ? this::openSystem : () -> requestPermissions(missing, ALLOW)));
        } else if (!radio.isOn()) {
            problem(R.string.near_off);
            add(look().primary(getString(R.string.near_turn_on), this::turnOn));
        } else {
            showWaiting();
            int side = side();
            ask(
                    wallet -> {
                        NearbyReader engaged = wallet.engage(radio.peripheral());
                        return new Offer(engaged, CodePicture.of(Qr.encode(engaged.qr(), QrLevel.MEDIUM), side));
                    },
                    offer -> wait(offer, radio));
        }
    }

    private record Offer(NearbyReader session, Bitmap code) {}

    private int side() {
        return getResources().getDisplayMetrics().widthPixels - look().pixels(32);
    }

    private void problem(int what) {
        clear();
        TextView words = look().text(getString(what), 18, R.color.ink);
        words.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        LinearLayout panel = look().panel();
        panel.addView(words);
        add(panel);
    }

    private void openSystem() {
        startActivity(new Intent(
                Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", getPackageName(), null)));
    }

    private void turnOn() {
        startActivityForResult(new Intent(BluetoothAdapter.ACTION_REQUEST_ENABLE), TURN_ON);
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] granted) {
        asked = true;
        begin();
    }

    @Override
    protected void onActivityResult(int request, int result, @Nullable Intent data) {
        super.onActivityResult(request, result, data);
        if (request == TURN_ON) {
            begin();
        }
    }

    private void wait(Offer offer, BleRadio radio) {
        NearbyReader engaged = offer.session();
        session = engaged;
        byte[] handover = engaged.handover();
        if (handover == null || !radio.start()) {
            end();
            problem(R.string.near_no_radio);
            return;
        }
        app().hold(new Type4Tag(handover));
        bright(true);
        clear();
        ImageView picture = new ImageView(this);
        picture.setScaleType(ImageView.ScaleType.CENTER);
        picture.setBackground(look().rounded(Color.WHITE, 16));
        picture.setContentDescription(getString(R.string.near_code));
        picture.setImageBitmap(offer.code());
        LinearLayout.LayoutParams square = new LinearLayout.LayoutParams(LayoutParams.MATCH_PARENT, side());
        square.bottomMargin = look().pixels(16);
        add(picture).setLayoutParams(square);
        centred(R.string.near_hint, 17, R.color.ink);
        NfcAdapter nfc = NfcAdapter.getDefaultAdapter(this);
        if (nfc != null && isTag()) {
            centred(nfc.isEnabled() ? R.string.near_touch : R.string.near_touch_off, 17, R.color.ink);
        }
        centred(R.string.near_waiting, 15, R.color.quiet)
                .setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        await(wallet -> wallet.readRequest(engaged, PATIENCE), this::show, this::refused);
    }

    private TextView centred(int words, int size, int colour) {
        TextView text = add(look().text(getString(words), size, colour));
        text.setGravity(Gravity.CENTER);
        return text;
    }

    private void bright(boolean full) {
        WindowManager.LayoutParams window = getWindow().getAttributes();
        window.screenBrightness = full
                ? WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL
                : WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_NONE;
        getWindow().setAttributes(window);
    }

    private void refused(Refusal refusal) {
        end();
        if (!new BleRadio(this).isOn()) {
            begin();
        } else if (refusal.is(Reason.NETWORK)) {
            problem(R.string.near_nobody);
            add(look().primary(getString(R.string.show_again), this::begin));
        } else {
            showRefusal(refusal);
        }
    }

    private void show(NearbyConsent consent) {
        app().hold(null);
        bright(false);
        clear();
        add(look().party(getString(R.string.asks_you), in(consent.reader().name()), consent.reader()));
        boolean stranger = consent.reader().standing() == Standing.STRANGER;
        if (stranger) {
            add(look().notice(getString(R.string.near_unknown), R.color.warn));
        }
        String chosen = String.valueOf(getIntent().getStringExtra(CardActivity.CARD));
        Asked asked = new Asked(this, consent, chosen);
        asked.panels().forEach(this::add);
        if (asked.cards().isEmpty()) {
            add(look().secondary(getString(R.string.close), () -> deny(consent)));
            return;
        }
        add(look().text(getString(R.string.consent_kept), 14, R.color.quiet));
        choice(R.string.deny, () -> deny(consent), R.string.agree, () -> {
            if (stranger) {
                sure(
                        R.string.stranger_sure,
                        R.string.deny,
                        R.string.go_on_anyway,
                        () -> present(consent, asked.cards(), true));
            } else {
                present(consent, asked.cards(), false);
            }
        });
    }

    private void present(NearbyConsent consent, Set<String> cards, boolean strangersAccepted) {
        showWaiting();
        step(
                wallet -> wallet.present(consent, cards, strangersAccepted),
                documents -> leave(R.string.shown),
                this::broken);
    }

    /** A reader that hangs up during the answer, or as soon as it has it, may know it all. */
    private void broken(Refusal refusal) {
        if (!refusal.is(Reason.NETWORK)) {
            refused(refusal);
            return;
        }
        end();
        problem(R.string.near_perhaps);
        add(look().primary(getString(R.string.show_again), this::begin));
    }

    private void deny(NearbyConsent consent) {
        showWaiting();
        step(wallet -> wallet.deny(consent), ended -> leave(R.string.denied), this::refused);
    }

    private void leave(int said) {
        say(said);
        finish();
    }

    /** Back from the system's settings, where what was missing may have been allowed. */
    @Override
    protected void onRestart() {
        super.onRestart();
        if (session == null) {
            begin();
        }
    }

    /** Before other apps that are tags too, while this screen is in front. */
    @Override
    protected void onResume() {
        super.onResume();
        NfcAdapter nfc = NfcAdapter.getDefaultAdapter(this);
        if (nfc != null && isTag()) {
            CardEmulation.getInstance(nfc).setPreferredService(this, new ComponentName(this, NearbyTag.class));
        }
    }

    @Override
    protected void onPause() {
        NfcAdapter nfc = NfcAdapter.getDefaultAdapter(this);
        if (nfc != null && isTag()) {
            CardEmulation.getInstance(nfc).unsetPreferredService(this);
        }
        super.onPause();
    }

    private boolean isTag() {
        return getPackageManager().hasSystemFeature(PackageManager.FEATURE_NFC_HOST_CARD_EMULATION);
    }

    private void end() {
        app().hold(null);
        bright(false);
        NearbyReader open = session;
        if (open != null) {
            session = null;
            open.close();
        }
    }

    @Override
    protected void onDestroy() {
        end();
        super.onDestroy();
    }
}
