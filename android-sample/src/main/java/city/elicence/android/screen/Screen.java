package city.elicence.android.screen;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Context;
import android.content.Intent;
import android.content.res.Configuration;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.view.WindowManager;
import android.widget.ImageButton;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.TextView;
import android.widget.Toast;
import city.elicence.android.R;
import city.elicence.android.WalletApp;
import city.elicence.android.keys.LockPrompt;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.outcome.Words;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A title, one column that scrolls, and below it what is always in reach. The system takes no picture of any screen. */
public abstract class Screen extends Activity {
    private Look look;
    private TextView title;
    private ImageButton back;
    private LinearLayout column;
    private LinearLayout footer;

    /** The language that the holder chose in the settings, or else the phone's. */
    @Override
    protected void attachBaseContext(Context base) {
        String language = Choices.of(base).language();
        Configuration chosen = new Configuration(base.getResources().getConfiguration());
        if (!language.isEmpty()) {
            chosen.setLocale(Locale.forLanguageTag(language));
        }
        super.attachBaseContext(base.createConfigurationContext(chosen));
    }

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_SECURE);
        look = new Look(this);
        back = look.iconButton(R.drawable.icon_back, getString(R.string.back), this::finish);
        title = look.text("", 24, R.color.ink);
        column = look.column();
        int edge = look.pixels(16);
        column.setPadding(edge, look.pixels(4), edge, edge);
        ScrollView scroll = new ScrollView(this);
        scroll.setFillViewport(true);
        scroll.addView(column);
        footer = look.column();
        footer.setBackgroundColor(getColor(R.color.panel));
        LinearLayout page = look.column();
        page.setBackgroundColor(getColor(R.color.page));
        page.setFitsSystemWindows(true);
        page.addView(header());
        page.addView(scroll, new LinearLayout.LayoutParams(LayoutParams.MATCH_PARENT, 0, 1));
        page.addView(footer);
        setContentView(page);
        heading(getTitle());
    }

    private View header() {
        LinearLayout header = new LinearLayout(this);
        header.setMinimumHeight(look.pixels(64));
        header.setGravity(android.view.Gravity.CENTER_VERTICAL);
        header.setPadding(look.pixels(4), look.pixels(4), look.pixels(16), look.pixels(4));
        header.addView(back);
        title.setTypeface(android.graphics.Typeface.DEFAULT_BOLD);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            title.setAccessibilityHeading(true);
        }
        header.addView(title, new LinearLayout.LayoutParams(0, LayoutParams.WRAP_CONTENT, 1));
        return header;
    }

    /** The screen's title, on the screen and for who is read to. */
    protected final void heading(CharSequence words) {
        setTitle(words);
        title.setText(words);
    }

    /** This is where the app begins: there is nothing to go back to. */
    protected final void topLevel() {
        back.setVisibility(View.GONE);
        title.setPadding(look.pixels(12), 0, 0, 0);
    }

    public final Look look() {
        return look;
    }

    public final WalletApp app() {
        return (WalletApp) getApplication();
    }

    public final String in(Words words) {
        return words.in(getResources().getConfiguration().getLocales().get(0).toLanguageTag());
    }

    /** Asks the wallet; nothing happens when the holder has left the screen meanwhile. */
    protected final <T> void ask(WalletApp.Question<T> question, Consumer<T> answer) {
        app().ask(question, value -> ifOpen(() -> answer.accept(value)), fault -> ifOpen(this::showFault));
    }

    /** Asks for what may be refused, and shows the refusal. */
    protected final <T> void step(WalletApp.Question<Outcome<T>> question, Consumer<T> done) {
        step(question, done, this::showRefusal);
    }

    protected final <T> void step(
            WalletApp.Question<Outcome<T>> question, Consumer<T> done, Consumer<Refusal> refused) {
        ask(question, outcome -> sort(outcome, done, refused));
    }

    /** The same for what waits for somebody else. */
    protected final <T> void await(
            WalletApp.Question<Outcome<T>> question, Consumer<T> done, Consumer<Refusal> refused) {
        app().await(question, outcome -> ifOpen(() -> sort(outcome, done, refused)), fault -> ifOpen(this::showFault));
    }

    private static <T> void sort(Outcome<T> outcome, Consumer<T> done, Consumer<Refusal> refused) {
        outcome.fold(
                value -> {
                    done.accept(value);
                    return true;
                },
                refusal -> {
                    refused.accept(refusal);
                    return false;
                });
    }

    private void ifOpen(Runnable act) {
        if (!isDestroyed() && !isFinishing()) {
            act.run();
        }
    }

    /** Empties column and footer. */
    protected final void clear() {
        column.removeAllViews();
        footer.removeAllViews();
    }

    protected final void showWaiting() {
        clear();
        TextView words = look.text(getString(R.string.wait), 16, R.color.quiet);
        words.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_POLITE);
        add(words);
    }

    private void showFault() {
        clear();
        add(look.notice(getString(R.string.broken), R.color.bad));
    }

    /** The sentence, what to do next, and the code by which those who help know it. */
    protected final void showRefusal(Refusal refusal) {
        clear();
        LinearLayout panel = look.panel();
        TextView sentence = look.text(in(refusal.sentence()), 20, R.color.bad);
        sentence.setAccessibilityLiveRegion(View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE);
        panel.addView(sentence);
        panel.addView(look.text(in(refusal.nextStep()), 16, R.color.ink));
        panel.addView(look.text(refusal.code(), 13, R.color.quiet));
        add(panel);
        add(look.secondary(getString(R.string.close), this::finish));
    }

    protected final void say(int message) {
        Toast.makeText(getApplicationContext(), getString(message), Toast.LENGTH_LONG)
                .show();
    }

    protected final <V extends View> V add(V view) {
        LinearLayout.LayoutParams place =
                new LinearLayout.LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT);
        place.bottomMargin = look.pixels(12);
        column.addView(view, place);
        return view;
    }

    protected final void addToFooter(View view) {
        footer.addView(view);
    }

    /** Two buttons of the same size in the same place: no is as easy as yes. Large letters get a line each. */
    protected final void choice(int no, Runnable onNo, int yes, Runnable onYes) {
        LinearLayout row = new LinearLayout(this);
        boolean large = getResources().getConfiguration().fontScale >= 1.3f;
        row.setOrientation(large ? LinearLayout.VERTICAL : LinearLayout.HORIZONTAL);
        int edge = look.pixels(8);
        row.setPadding(edge, edge, edge, edge);
        for (View button : new View[] {look.secondary(getString(no), onNo), look.primary(getString(yes), onYes)}) {
            LinearLayout.LayoutParams half = large
                    ? new LinearLayout.LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
                    : new LinearLayout.LayoutParams(0, LayoutParams.MATCH_PARENT, 1);
            half.setMargins(edge, edge, edge, edge);
            row.addView(button, half);
        }
        footer.addView(row);
    }

    protected final void sure(int question, int no, int yes, Runnable act) {
        new AlertDialog.Builder(this)
                .setMessage(question)
                .setNegativeButton(no, (dialog, which) -> dialog.dismiss())
                .setPositiveButton(yes, (dialog, which) -> act.run())
                .show();
    }

    protected final void go(Class<? extends Activity> screen) {
        startActivity(new Intent(this, screen));
    }

    @Override
    protected void onActivityResult(int request, int result, @Nullable Intent data) {
        super.onActivityResult(request, result, data);
        if (request == LockPrompt.UNLOCK) {
            app().prompt().unlocked(result == RESULT_OK);
        }
    }
}
