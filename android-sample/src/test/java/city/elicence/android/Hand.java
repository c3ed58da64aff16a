package city.elicence.android;

import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.app.Activity;
import android.content.Intent;
import android.os.Looper;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;

/** What a person does with a screen: open it, wait, read, press. */
final class Hand {
    private static final long PATIENCE_MILLIS = 60_000;

    private Hand() {}

    static <A extends Activity> A open(Class<A> screen, Intent intent) {
        ActivityController<A> controller = Robolectric.buildActivity(screen, intent);
        return controller.setup().visible().get();
    }

    /** Lets the app's own thread work until it is so. */
    static void until(String what, BooleanSupplier so) {
        until(null, what, so);
    }

    /** The same; when it never is, what the screen says instead is told. */
    static void until(@Nullable Activity screen, String what, BooleanSupplier so) {
        long patience = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        while (true) {
            shadowOf(Looper.getMainLooper()).idle();
            if (so.getAsBoolean()) {
                return;
            }
            if (System.nanoTime() > patience) {
                throw new AssertionError(
                        "never: " + what + (screen == null ? "" : "; the screen says\n" + words(screen)));
            }
            try {
                Thread.sleep(15);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static View root(Activity screen) {
        return screen.getWindow().getDecorView();
    }

    static List<View> all(View root) {
        List<View> found = new ArrayList<>();
        found.add(root);
        if (root instanceof ViewGroup group) {
            for (int i = 0; i < group.getChildCount(); i++) {
                found.addAll(all(group.getChildAt(i)));
            }
        }
        return found;
    }

    /** All that can be read on a screen. */
    static String words(Activity screen) {
        StringBuilder words = new StringBuilder();
        for (View view : all(root(screen))) {
            if (view instanceof TextView text && view.isShown()) {
                words.append(text.getText()).append('\n');
            }
        }
        return words.toString();
    }

    static @Nullable View find(Activity screen, String words) {
        for (View view : all(root(screen))) {
            boolean named = view instanceof TextView text && words.contentEquals(text.getText());
            if (named || words.contentEquals(String.valueOf(view.getContentDescription()))) {
                return view;
            }
        }
        return null;
    }

    static void press(Activity screen, int string) {
        press(screen, screen.getString(string));
    }

    static void press(Activity screen, String words) {
        until(screen, "a button " + words, () -> find(screen, words) != null);
        View view = find(screen, words);
        assertTrue(words + " can be pressed", view != null && view.isEnabled() && view.performClick());
    }

    static void reads(Activity screen, String words) {
        until(screen, words, () -> words(screen).contains(words));
    }
}
