package city.elicence.android.cards;

import android.app.KeyguardManager;
import android.content.Intent;
import android.provider.Settings;
import android.view.View;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.R;
import city.elicence.android.screen.Choices;
import city.elicence.android.screen.Screen;

/** The first start: what this is, and that the phone needs a lock, since whoever can open the phone can show its licences. */
public final class WelcomeActivity extends Screen {
    @Override
    protected void onResume() {
        super.onResume();
        topLevel();
        clear();
        LinearLayout points = look().panel();
        for (int point : new int[] {R.string.welcome_what, R.string.welcome_show, R.string.welcome_keys}) {
            LinearLayout line = look().line();
            line.setPadding(0, look().pixels(8), 0, look().pixels(8));
            line.addView(look().picture(R.drawable.icon_check, getColor(R.color.good), 24));
            TextView words = look().text(getString(point), 17, R.color.ink);
            words.setPadding(look().pixels(12), 0, 0, 0);
            line.addView(words, new LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1));
            points.addView(line);
        }
        add(points);
        LinearLayout footer = look().column();
        int edge = look().pixels(16);
        footer.setPadding(edge, edge, edge, edge);
        if (getSystemService(KeyguardManager.class).isDeviceSecure()) {
            footer.addView(look().primary(getString(R.string.begin), this::begin));
        } else {
            LinearLayout lock = look().panel();
            TextView needed = look().text(getString(R.string.lock_needed), 17, R.color.bad);
            needed.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
            lock.addView(needed);
            lock.addView(look().text(getString(R.string.lock_why), 16, R.color.ink));
            add(lock);
            footer.addView(look().primary(
                            getString(R.string.set_lock),
                            () -> startActivity(new Intent(Settings.ACTION_SECURITY_SETTINGS))));
        }
        addToFooter(footer);
    }

    private void begin() {
        Choices.of(this).welcomed(true);
        finish();
    }

    /** Without a lock there is no way past this screen but out of the app. */
    @Override
    @SuppressWarnings({"deprecation", "MissingSuperCall"}) // The call for Android before 13.
    public void onBackPressed() {
        finishAffinity();
    }
}
