package city.elicence.android;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.view.WindowManager;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.ScrollView;
import android.widget.TextView;
import android.widget.Toast;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One column that scrolls, and the words that all screens share. The system takes no picture of any of them. */
abstract class ScreenActivity extends Activity {
    private LinearLayout column;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_SECURE);
        column = new LinearLayout(this);
        column.setOrientation(LinearLayout.VERTICAL);
        int edge = pixels(16);
        column.setPadding(edge, edge, edge, edge);
        ScrollView scroll = new ScrollView(this);
        scroll.addView(column);
        setContentView(scroll);
    }

    final WalletApp app() {
        return (WalletApp) getApplication();
    }

    final int pixels(int dp) {
        return Math.round(dp * getResources().getDisplayMetrics().density);
    }

    final String in(Words words) {
        return words.in(getResources().getConfiguration().getLocales().get(0).toLanguageTag());
    }

    /** Asks the wallet; nothing happens when the holder has left the screen meanwhile. */
    final <T> void ask(WalletApp.Question<T> question, Consumer<T> answer) {
        app().ask(question, value -> ifOpen(() -> answer.accept(value)), fault -> ifOpen(this::showFault));
    }

    /** Asks for what may be refused, and shows the refusal. */
    final <T> void step(WalletApp.Question<Outcome<T>> question, Consumer<T> done) {
        ask(
                question,
                outcome -> outcome.fold(
                        value -> {
                            done.accept(value);
                            return true;
                        },
                        refusal -> {
                            showRefusal(refusal);
                            return false;
                        }));
    }

    private void ifOpen(Runnable act) {
        if (!isDestroyed() && !isFinishing()) {
            act.run();
        }
    }

    final void clear() {
        column.removeAllViews();
    }

    final void showWaiting() {
        clear();
        text(getString(R.string.wait));
    }

    private void showFault() {
        clear();
        text(getString(R.string.broken));
    }

    private void showRefusal(Refusal refusal) {
        clear();
        heading(in(refusal.sentence()));
        text(in(refusal.nextStep()));
        small(refusal.code());
    }

    final void say(int message) {
        Toast.makeText(this, message, Toast.LENGTH_LONG).show();
    }

    final void add(View view) {
        LinearLayout.LayoutParams place =
                new LinearLayout.LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT);
        place.bottomMargin = pixels(12);
        column.addView(view, place);
    }

    final TextView text(CharSequence words) {
        return text(words, 16);
    }

    final TextView heading(CharSequence words) {
        return text(words, 22);
    }

    final TextView small(CharSequence words) {
        return text(words, 13);
    }

    private TextView text(CharSequence words, int scaledSize) {
        TextView view = new TextView(this);
        view.setText(words);
        view.setTextSize(scaledSize);
        add(view);
        return view;
    }

    final Button button(CharSequence words, Runnable act) {
        Button button = plainButton(words, act);
        add(button);
        return button;
    }

    /** Two buttons of the same size side by side: no is as easy as yes. */
    final void choice(int no, Runnable onNo, int yes, Runnable onYes) {
        LinearLayout row = new LinearLayout(this);
        LinearLayout.LayoutParams half = new LinearLayout.LayoutParams(0, LayoutParams.MATCH_PARENT, 1);
        row.addView(plainButton(getString(no), onNo), half);
        row.addView(plainButton(getString(yes), onYes), half);
        add(row);
    }

    private Button plainButton(CharSequence words, Runnable act) {
        Button button = new Button(this);
        button.setText(words);
        button.setAllCaps(false);
        button.setMinHeight(pixels(56));
        button.setOnClickListener(pressed -> act.run());
        return button;
    }

    /** Who is on the other side, and who vouches for them. */
    final void party(int sentence, Party party) {
        heading(getString(sentence, in(party.name())));
        text(getString(
                switch (party.standing()) {
                    case ACCREDITED -> R.string.accredited;
                    case UNPROVEN -> R.string.unproven;
                    case STRANGER -> R.string.stranger;
                }));
        small(party.id());
    }

    final void sure(int question, int no, int yes, Runnable act) {
        new AlertDialog.Builder(this)
                .setMessage(question)
                .setNegativeButton(no, (dialog, which) -> dialog.dismiss())
                .setPositiveButton(yes, (dialog, which) -> act.run())
                .show();
    }
}
