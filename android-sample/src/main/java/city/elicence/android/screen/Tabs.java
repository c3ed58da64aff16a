package city.elicence.android.screen;

import android.content.res.ColorStateList;
import android.graphics.Typeface;
import android.graphics.drawable.RippleDrawable;
import android.util.TypedValue;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.R;

/** The four places of the app, in reach of a thumb. */
public final class Tabs {
    private Tabs() {}

    /** Where one can go. */
    public interface Place {
        void open();
    }

    /** Adds the bar; the place that is open is marked, in words too. */
    public static View of(Screen screen, int open, int[] names, int[] icons, Place[] places) {
        LinearLayout bar = new LinearLayout(screen);
        for (int i = 0; i < names.length; i++) {
            bar.addView(
                    tab(screen, i == open, names[i], icons[i], places[i]),
                    new LinearLayout.LayoutParams(0, LayoutParams.MATCH_PARENT, 1));
        }
        return bar;
    }

    private static View tab(Screen screen, boolean open, int name, int icon, Place place) {
        Look look = screen.look();
        int colour = open ? R.color.accent : R.color.quiet;
        LinearLayout tab = look.column();
        tab.setGravity(Gravity.CENTER);
        tab.setMinimumHeight(look.pixels(64));
        tab.setPadding(0, look.pixels(8), 0, look.pixels(8));
        tab.setBackground(new RippleDrawable(ColorStateList.valueOf(0x33808080), null, null));
        tab.addView(look.picture(icon, screen.getColor(colour), 26));
        TextView words = look.text(screen.getString(name), 12, colour);
        words.setTypeface(open ? Typeface.DEFAULT_BOLD : Typeface.DEFAULT);
        words.setGravity(Gravity.CENTER);
        words.setMaxLines(1);
        // Four words side by side cannot grow for ever; who needs larger ones is read the same words.
        float scale = Math.min(1.3f, screen.getResources().getConfiguration().fontScale);
        words.setTextSize(TypedValue.COMPLEX_UNIT_DIP, 12 * scale);
        tab.addView(words);
        tab.setSelected(open);
        tab.setContentDescription(screen.getString(name));
        tab.setClickable(true);
        tab.setFocusable(true);
        tab.setOnClickListener(pressed -> place.open());
        return tab;
    }
}
