package city.elicence.android.screen;

import android.content.Context;
import android.content.res.ColorStateList;
import android.graphics.Typeface;
import android.graphics.drawable.Drawable;
import android.graphics.drawable.GradientDrawable;
import android.graphics.drawable.RippleDrawable;
import android.os.Build;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.widget.Button;
import android.widget.EditText;
import android.widget.ImageButton;
import android.widget.ImageView;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.R;
import city.elicence.wallet.party.Party;

/** The few things that all screens are made of, in the colours of the day or of the night. */
public final class Look {
    private final Context context;

    Look(Context context) {
        this.context = context;
    }

    public int pixels(int dp) {
        return Math.round(dp * context.getResources().getDisplayMetrics().density);
    }

    public LinearLayout column() {
        LinearLayout column = new LinearLayout(context);
        column.setOrientation(LinearLayout.VERTICAL);
        return column;
    }

    public TextView text(CharSequence words, int scaledSize, int colour) {
        TextView view = new TextView(context);
        view.setText(words);
        view.setTextSize(scaledSize);
        view.setTextColor(context.getColor(colour));
        view.setLineSpacing(0, 1.1f);
        return view;
    }

    /** A title within a screen. */
    public TextView heading(CharSequence words) {
        TextView view = text(words, 17, R.color.ink);
        view.setTypeface(Typeface.DEFAULT_BOLD);
        view.setPadding(0, pixels(8), 0, 0);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            view.setAccessibilityHeading(true);
        }
        return view;
    }

    public GradientDrawable rounded(int argb, int radius) {
        GradientDrawable shape = new GradientDrawable();
        shape.setColor(argb);
        shape.setCornerRadius(pixels(radius));
        return shape;
    }

    /** What belongs together, on a ground of its own. */
    public LinearLayout panel() {
        LinearLayout panel = column();
        panel.setBackground(rounded(context.getColor(R.color.panel), 16));
        int edge = pixels(16);
        panel.setPadding(edge, pixels(12), edge, pixels(12));
        return panel;
    }

    /** A name and its value, read as one. */
    public LinearLayout row(CharSequence label, View value) {
        LinearLayout row = column();
        row.setPadding(0, pixels(6), 0, pixels(6));
        row.addView(text(label, 13, R.color.quiet));
        row.addView(value);
        row.setFocusable(true);
        return row;
    }

    public LinearLayout row(CharSequence label, CharSequence value) {
        return row(label, text(value, 17, R.color.ink));
    }

    /** A word on how something stands, in the colour of good, warning or bad. */
    public TextView pill(CharSequence words, int colour) {
        TextView pill = text(words, 14, colour);
        pill.setTypeface(Typeface.DEFAULT_BOLD);
        GradientDrawable ring = rounded(0, 14);
        ring.setStroke(pixels(1), context.getColor(colour));
        pill.setBackground(ring);
        pill.setPadding(pixels(10), pixels(4), pixels(10), pixels(4));
        LinearLayout.LayoutParams place =
                new LinearLayout.LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT);
        place.topMargin = pixels(6);
        place.bottomMargin = pixels(6);
        pill.setLayoutParams(place);
        return pill;
    }

    public LinearLayout notice(CharSequence words, int colour) {
        LinearLayout panel = panel();
        TextView text = text(words, 16, colour);
        text.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        panel.addView(text);
        return panel;
    }

    public Button primary(CharSequence words, Runnable act) {
        Button button = button(words, act, context.getColor(R.color.on_accent));
        return pressable(button, rounded(context.getColor(R.color.accent), 16));
    }

    public Button secondary(CharSequence words, Runnable act) {
        return outlined(words, act, R.color.accent);
    }

    /** For what cannot be taken back. */
    public Button danger(CharSequence words, Runnable act) {
        return outlined(words, act, R.color.bad);
    }

    private Button outlined(CharSequence words, Runnable act, int colour) {
        Button button = button(words, act, context.getColor(colour));
        GradientDrawable shape = rounded(context.getColor(R.color.panel), 16);
        shape.setStroke(pixels(1), context.getColor(colour));
        return pressable(button, shape);
    }

    private Button button(CharSequence words, Runnable act, int ink) {
        Button button = new Button(context);
        button.setText(words);
        button.setAllCaps(false);
        button.setTextSize(17);
        button.setTextColor(ink);
        button.setMinHeight(pixels(56));
        button.setStateListAnimator(null);
        button.setOnClickListener(pressed -> act.run());
        return button;
    }

    private Button pressable(Button button, Drawable shape) {
        button.setBackground(new RippleDrawable(ColorStateList.valueOf(0x33808080), shape, null));
        return button;
    }

    public ImageButton iconButton(int icon, CharSequence words, Runnable act) {
        ImageButton button = new ImageButton(context);
        button.setImageResource(icon);
        button.setImageTintList(ColorStateList.valueOf(context.getColor(R.color.ink)));
        button.setBackground(new RippleDrawable(ColorStateList.valueOf(0x33808080), null, null));
        button.setContentDescription(words);
        button.setMinimumWidth(pixels(48));
        button.setMinimumHeight(pixels(48));
        button.setOnClickListener(pressed -> act.run());
        return button;
    }

    /** Only to be seen: what it says is said beside it. */
    public ImageView picture(int drawable, int argb, int dp) {
        ImageView picture = new ImageView(context);
        picture.setImageResource(drawable);
        picture.setImageTintList(ColorStateList.valueOf(argb));
        picture.setImportantForAccessibility(View.IMPORTANT_FOR_ACCESSIBILITY_NO);
        picture.setLayoutParams(new LinearLayout.LayoutParams(pixels(dp), pixels(dp)));
        return picture;
    }

    public EditText field(CharSequence hint, String value, int inputType) {
        EditText field = new EditText(context);
        field.setHint(hint);
        field.setText(value);
        field.setInputType(inputType);
        field.setTypeface(Typeface.DEFAULT);
        field.setTextSize(17);
        field.setTextColor(context.getColor(R.color.ink));
        field.setHintTextColor(context.getColor(R.color.quiet));
        field.setMinHeight(pixels(48));
        GradientDrawable frame = rounded(context.getColor(R.color.panel), 12);
        frame.setStroke(pixels(1), context.getColor(R.color.quiet));
        field.setBackground(frame);
        int edge = pixels(12);
        field.setPadding(edge, edge, edge, edge);
        return field;
    }

    /** Who is on the other side, and who vouches for them. */
    public LinearLayout party(CharSequence role, CharSequence name, Party party) {
        LinearLayout panel = panel();
        panel.addView(text(role, 14, R.color.quiet));
        TextView who = text(name, 22, R.color.ink);
        who.setTypeface(Typeface.DEFAULT_BOLD);
        panel.addView(who);
        switch (party.standing()) {
            case ACCREDITED -> panel.addView(pill("✓ " + context.getString(R.string.accredited), R.color.good));
            case UNPROVEN -> panel.addView(pill(context.getString(R.string.unproven), R.color.warn));
            case STRANGER -> panel.addView(pill("! " + context.getString(R.string.stranger), R.color.bad));
        }
        String did = party.did();
        panel.addView(text(did == null ? party.id() : did, 12, R.color.quiet));
        return panel;
    }

    public LinearLayout line() {
        LinearLayout line = new LinearLayout(context);
        line.setGravity(Gravity.CENTER_VERTICAL);
        return line;
    }
}
