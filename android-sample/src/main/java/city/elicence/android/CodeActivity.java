package city.elicence.android;

import android.graphics.Bitmap;
import android.graphics.Color;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.WindowManager;
import android.widget.ImageView;
import android.widget.ProgressBar;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.offline.OfflineFrame;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.credentials.qr.QrMatrix;
import city.elicence.wallet.present.OfflineShowing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The code for a verifier with no network: its frames in turn, at full brightness, made anew before 30 seconds are over. */
public final class CodeActivity extends ScreenActivity {
    static final String CLAIMS = "claims";

    private static final long FRAME_MILLIS = 350;
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(6);
    private static final int BAR_STEPS = 1000;

    private final Handler clock = new Handler(Looper.getMainLooper());
    private final Runnable tick = this::nextFrame;
    private final Set<ClaimPath> claims = new HashSet<>();
    private List<Bitmap> frames = new ArrayList<>();
    private Instant made = Instant.EPOCH;
    private Instant renewAt = Instant.EPOCH;
    private int place;
    private boolean open;
    private ImageView picture;
    private ProgressBar left;

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
        picture = new ImageView(this);
        picture.setAdjustViewBounds(true);
        picture.setBackgroundColor(Color.WHITE);
        picture.setContentDescription(getString(R.string.code_picture));
        left = new ProgressBar(this, null, android.R.attr.progressBarStyleHorizontal);
        left.setMax(BAR_STEPS);
        showWaiting();
    }

    @Override
    protected void onResume() {
        super.onResume();
        open = true;
        renew();
    }

    @Override
    protected void onPause() {
        open = false;
        clock.removeCallbacks(tick);
        super.onPause();
    }

    private void renew() {
        String card = String.valueOf(getIntent().getStringExtra(CardActivity.CARD));
        int width = getResources().getDisplayMetrics().widthPixels - pixels(32);
        step(wallet -> wallet.offlineCode(card, Set.copyOf(claims)), showing -> draw(showing, width));
    }

    private void draw(OfflineShowing showing, int width) {
        ask(wallet -> new Pictures(pictures(showing, width), showing.until()), this::show);
    }

    private void show(Pictures pictures) {
        boolean first = frames.isEmpty();
        frames = pictures.frames();
        made = Instant.now();
        renewAt = pictures.until().minus(BEFORE_THE_END);
        if (first) {
            clear();
            add(picture);
            add(left);
            text(getString(R.string.code_hint));
        }
        clock.removeCallbacks(tick);
        if (open) {
            nextFrame();
        }
    }

    private void nextFrame() {
        Instant now = Instant.now();
        if (!now.isBefore(renewAt)) {
            renew();
            return;
        }
        place = (place + 1) % frames.size();
        picture.setImageBitmap(frames.get(place));
        long whole = Math.max(1, Duration.between(made, renewAt).toMillis());
        left.setProgress((int) (BAR_STEPS * Duration.between(now, renewAt).toMillis() / whole));
        clock.postDelayed(tick, FRAME_MILLIS);
    }

    private static List<Bitmap> pictures(OfflineShowing showing, int width) throws QrException {
        List<Bitmap> pictures = new ArrayList<>();
        for (OfflineFrame frame : showing.frames()) {
            pictures.add(picture(Qr.encode(frame.octets(), QrLevel.LOW, OfflineFrame.MAX_QR_VERSION), width));
        }
        return pictures;
    }

    /** Every module is a whole number of pixels wide: uneven ones cost a scanner its grid. */
    private static Bitmap picture(QrMatrix code, int width) {
        int scale = Math.max(1, Math.min(64, width / code.pixels(1)));
        int side = code.pixels(scale);
        byte[] luma = code.luma(scale);
        int[] colours = new int[luma.length];
        for (int i = 0; i < luma.length; i++) {
            colours[i] = luma[i] == 0 ? Color.BLACK : Color.WHITE;
        }
        return Bitmap.createBitmap(colours, side, side, Bitmap.Config.RGB_565);
    }
}
