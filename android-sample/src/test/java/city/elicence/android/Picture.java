package city.elicence.android;

import static org.junit.Assert.assertEquals;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.text.Layout;
import android.view.View;
import android.view.View.MeasureSpec;
import android.widget.EditText;
import android.widget.ScrollView;
import android.widget.TextView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A screen as it is drawn, to look at and to be read by machines. */
final class Picture {
    private Picture() {}

    /** The screen as the phone shows it. */
    static Bitmap of(Activity screen) {
        View root = Hand.root(screen);
        return draw(root, root.getWidth(), root.getHeight());
    }

    /** The screen at such a height that nothing need be scrolled, kept as a PNG; nothing on it may be cut or nameless. */
    static void keep(Activity screen, String name) throws IOException {
        View root = Hand.root(screen);
        int more = 0;
        for (View view : Hand.all(root)) {
            if (view instanceof ScrollView scroll) {
                more = Math.max(0, scroll.getChildAt(0).getHeight() - scroll.getHeight());
            }
        }
        Bitmap bitmap = draw(root, root.getWidth(), root.getHeight() + more);
        write(bitmap, name);
        assertEquals(name, List.of(), faults(root));
        draw(root, root.getWidth(), root.getHeight() - more);
    }

    static void write(Bitmap bitmap, String name) throws IOException {
        Path folder = Path.of(System.getProperty("pictures"));
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".png"))) {
            bitmap.compress(Bitmap.CompressFormat.PNG, 100, out);
        }
    }

    private static Bitmap draw(View root, int width, int height) {
        root.measure(
                MeasureSpec.makeMeasureSpec(width, MeasureSpec.EXACTLY),
                MeasureSpec.makeMeasureSpec(height, MeasureSpec.EXACTLY));
        root.layout(0, 0, width, height);
        Bitmap bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888);
        root.draw(new Canvas(bitmap));
        return bitmap;
    }

    /** What a person with large letters, a finger or a screen reader could not use. */
    private static List<String> faults(View root) {
        List<String> faults = new ArrayList<>();
        float density = root.getResources().getDisplayMetrics().density;
        for (View view : Hand.all(root)) {
            if (!view.isShown() || view.getId() == android.R.id.navigationBarBackground) {
                continue;
            }
            if (view instanceof TextView text) {
                Layout layout = text.getLayout();
                boolean cut = layout != null
                        && (layout.getHeight() + text.getTotalPaddingTop() + text.getTotalPaddingBottom()
                                        > text.getHeight() + 1
                                || layout.getEllipsisCount(layout.getLineCount() - 1) > 0);
                if (cut && !(text instanceof EditText)) {
                    faults.add("cut: " + text.getText());
                }
                if (layout != null && text.getMaxLines() == 1 && layout.getLineCount() > 1) {
                    faults.add("second line: " + text.getText());
                }
            }
            if (view.isClickable() && !(view instanceof ScrollView)) {
                if (view.getHeight() < 48 * density - 1 || view.getWidth() < 48 * density - 1) {
                    faults.add(
                            "too small for a finger: " + name(view) + " " + view.getWidth() + "x" + view.getHeight());
                }
                if (name(view).isEmpty()) {
                    faults.add("no name for who is read to: " + view.getClass().getSimpleName());
                }
            }
        }
        return faults;
    }

    private static String name(View view) {
        CharSequence description = view.getContentDescription();
        if (description != null && description.length() > 0) {
            return description.toString();
        }
        if (view instanceof TextView text) {
            CharSequence hint = text.getHint();
            return text.getText().length() > 0 ? text.getText().toString() : hint == null ? "" : hint.toString();
        }
        return "";
    }
}
