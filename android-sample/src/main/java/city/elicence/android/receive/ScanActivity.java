package city.elicence.android.receive;

import android.Manifest;
import android.content.pm.PackageManager;
import android.graphics.SurfaceTexture;
import android.os.Bundle;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.Looper;
import android.view.Surface;
import android.view.TextureView;
import android.view.ViewGroup.LayoutParams;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.Links;
import city.elicence.android.R;
import city.elicence.android.screen.Screen;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrContent;
import org.jspecify.annotations.Nullable;

/** The camera, looking for a code of an issuer or of a verifier. Pictures are read and dropped; none is kept. */
public final class ScanActivity extends Screen implements TextureView.SurfaceTextureListener {
    private static final int CAMERA = 11;

    private final Handler screen = new Handler(Looper.getMainLooper());
    private @Nullable HandlerThread reading;
    private @Nullable BackCamera camera;
    private TextureView preview;
    private TextView hint;
    private boolean found;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        preview = new TextureView(this);
        preview.setContentDescription(getString(R.string.scan_hint));
        preview.setSurfaceTextureListener(this);
        hint = look().text(getString(R.string.scan_hint), 17, R.color.ink);
        hint.setAccessibilityLiveRegion(TextView.ACCESSIBILITY_LIVE_REGION_POLITE);
        LinearLayout frame = add(look().column());
        int side = getResources().getDisplayMetrics().widthPixels - look().pixels(32);
        frame.addView(preview, new LinearLayout.LayoutParams(LayoutParams.MATCH_PARENT, side));
        add(hint);
    }

    @Override
    protected void onResume() {
        super.onResume();
        found = false;
        HandlerThread thread = new HandlerThread("camera");
        thread.start();
        reading = thread;
        if (checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) {
            if (preview.isAvailable()) {
                open(preview.getSurfaceTexture());
            }
        } else {
            requestPermissions(new String[] {Manifest.permission.CAMERA}, CAMERA);
        }
    }

    @Override
    protected void onPause() {
        BackCamera open = camera;
        if (open != null) {
            open.close();
            camera = null;
        }
        HandlerThread thread = reading;
        if (thread != null) {
            thread.quitSafely();
        }
        super.onPause();
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] granted) {
        if (granted.length == 0 || granted[0] != PackageManager.PERMISSION_GRANTED) {
            hint.setText(R.string.scan_refused);
        }
    }

    private void open(@Nullable SurfaceTexture texture) {
        HandlerThread thread = reading;
        if (texture == null || camera != null || thread == null) {
            return;
        }
        if (checkSelfPermission(Manifest.permission.CAMERA) != PackageManager.PERMISSION_GRANTED) {
            return;
        }
        texture.setDefaultBufferSize(BackCamera.WIDTH, BackCamera.HEIGHT);
        BackCamera back = new BackCamera(this, new Handler(thread.getLooper()), this::read, this::noCamera);
        if (back.open(new Surface(texture))) {
            camera = back;
        } else {
            noCamera();
        }
    }

    private void noCamera() {
        screen.post(() -> hint.setText(R.string.scan_none));
    }

    /** On the camera's thread, a picture at a time. */
    void read(int width, int height, byte[] luma) {
        for (QrContent content : Qr.decode(width, height, luma)) {
            screen.post(() -> take(content.text()));
            return;
        }
    }

    private void take(String text) {
        if (found || isFinishing()) {
            return;
        }
        if (Links.open(text, this)) {
            found = true;
            finish();
        } else {
            hint.setText(R.string.not_a_link);
        }
    }

    @Override
    public void onSurfaceTextureAvailable(SurfaceTexture surface, int width, int height) {
        open(surface);
    }

    @Override
    public void onSurfaceTextureSizeChanged(SurfaceTexture surface, int width, int height) {}

    @Override
    public boolean onSurfaceTextureDestroyed(SurfaceTexture surface) {
        return true;
    }

    @Override
    public void onSurfaceTextureUpdated(SurfaceTexture surface) {}
}
