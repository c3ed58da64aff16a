package city.elicence.android.present;

import android.graphics.Bitmap;
import android.graphics.Color;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.view.WindowManager;
import android.widget.Button;
import android.widget.ImageView;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.R;
import city.elicence.android.cards.CardActivity;
import city.elicence.android.screen.CodePicture;
import city.elicence.android.screen.Screen;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.offline.OfflineFrame;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.present.OfflineShowing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code for a verifier with no network, which this screen needs no network for either: its frames in turn, at full
 * brightness, with a ring that shows how long it is good. Each code is confirmed by its holder; when it has run out, the next
 * one is asked for.
 */
public final class CodeActivity extends Screen {
    public static final String CLAIMS = "claims";

    /** Five pictures of a camera that takes thirty a second: two of them are whole whatever the phase. */
    private static final long FRAME_MILLIS = 170;

    private static final Duration BEFORE_THE_END = Duration.ofSeconds(2);

    private final Handler clock = new Handler(Looper.getMainLooper());
    private final Runnable tick = this::nextFrame;
    private final Set<ClaimPath> claims = new HashSet<>();
    private List<Bitmap> frames = List.of();
    private Instant made = Instant.EPOCH;
    private Instant until = Instant.EPOCH;
    private int place;
    private boolean open;
    private boolean asking;
    private ImageView picture;
    private TimeRing left;
    private TextView state;
    private Button again;

    private record Pictures(List<Bitmap> frames, Instant until) {}

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        WindowManager.LayoutParams window = getWindow().getAttributes();
        window.screenBrightness = WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL;
        getWindow().setAttributes(window);
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON);
        List<String> ticked = getIntent().getStringArrayListExtra(CLAIMS);
        for (String path : ticked == null ? List.<String>of() : ticked) {
            claims.add(ClaimPath.parse(path));
        }
        build();
    }

    private void build() {
        picture = new ImageView(this);
        picture.setScaleType(ImageView.ScaleType.CENTER);
        picture.setBackground(look().rounded(Color.WHITE, 16));
        picture.setContentDescription(getString(R.string.code_picture));
        int side = side();
        add(picture).setLayoutParams(square(side, LayoutParams.MATCH_PARENT));
        left = new TimeRing(this);
        add(left).setLayoutParams(square(look().pixels(72), look().pixels(72)));
        state = add(look().text(getString(R.string.wait), 17, R.color.ink));
        state.setGravity(Gravity.CENTER);
        state.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        again = add(look().primary(getString(R.string.show_again), this::renew));
        again.setVisibility(View.GONE);
        TextView hint = add(look().text(getString(R.string.code_hint), 15, R.color.quiet));
        hint.setGravity(Gravity.CENTER);
    }

    private LinearLayout.LayoutParams square(int height, int width) {
        LinearLayout.LayoutParams place = new LinearLayout.LayoutParams(width, height);
        place.gravity = Gravity.CENTER_HORIZONTAL;
        place.bottomMargin = look().pixels(16);
        return place;
    }

    private int side() {
        return getResources().getDisplayMetrics().widthPixels - look().pixels(32);
    }

    @Override
    protected void onResume() {
        super.onResume();
        open = true;
        if (Instant.now().isBefore(until)) {
            nextFrame();
        } else if (!asking) {
            renew();
        }
    }

    @Override
    protected void onPause() {
        open = false;
        clock.removeCallbacks(tick);
        super.onPause();
    }

    private void renew() {
        asking = true;
        again.setVisibility(View.GONE);
        state.setText(R.string.confirm_to_show);
        String card = String.valueOf(getIntent().getStringExtra(CardActivity.CARD));
        int width = side();
        step(
                wallet -> wallet.offlineCode(card, Set.copyOf(claims)),
                showing -> ask(wallet -> new Pictures(pictures(showing, width), showing.until()), this::show),
                this::refused);
    }

    private void refused(Refusal refusal) {
        asking = false;
        blank();
        state.setText(in(refusal.sentence()) + " " + in(refusal.nextStep()));
        again.setVisibility(View.VISIBLE);
    }

    private void blank() {
        frames = List.of();
        picture.setImageDrawable(null);
        left.left(0, 1);
    }

    private void show(Pictures pictures) {
        asking = false;
        frames = pictures.frames();
        made = Instant.now();
        until = pictures.until();
        state.setText(getString(R.string.hold_still));
        if (open) {
            clock.removeCallbacks(tick);
            nextFrame();
        }
    }

    private void nextFrame() {
        Instant now = Instant.now();
        if (frames.isEmpty() || !now.isBefore(until.minus(BEFORE_THE_END))) {
            // A verifier's clock may be ahead: it is not shown to its very end.
            blank();
            if (!asking) {
                renew();
            }
            return;
        }
        place = (place + 1) % frames.size();
        picture.setImageBitmap(frames.get(place));
        left.left(
                Duration.between(now, until).toMillis(),
                Duration.between(made, until).toMillis());
        clock.postDelayed(tick, FRAME_MILLIS);
    }

    private static List<Bitmap> pictures(OfflineShowing showing, int width) throws QrException {
        List<Bitmap> pictures = new ArrayList<>();
        for (OfflineFrame frame : showing.frames()) {
            pictures.add(CodePicture.of(Qr.encode(frame.octets(), QrLevel.LOW, OfflineFrame.MAX_QR_VERSION), width));
        }
        return pictures;
    }
}
