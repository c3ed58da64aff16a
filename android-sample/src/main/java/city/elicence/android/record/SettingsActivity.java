package city.elicence.android.record;

import android.net.Uri;
import android.os.Bundle;
import android.text.InputType;
import android.view.View;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.RadioButton;
import android.widget.RadioGroup;
import city.elicence.android.PhoneTrust;
import city.elicence.android.R;
import city.elicence.android.WalletApp;
import city.elicence.android.cards.WelcomeActivity;
import city.elicence.android.company.CompanyActivity;
import city.elicence.android.screen.CardPicture;
import city.elicence.android.screen.Choices;
import city.elicence.android.screen.Screen;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Language, where the list of accredited authorities comes from, and the end of all data on this phone. */
public final class SettingsActivity extends Screen {
    private static final String[] LANGUAGES = {"", "zh-CN", "en"};
    private static final int[] NAMES = {R.string.language_phone, R.string.language_zh, R.string.language_en};

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        // The trust is opened with the wallet.
        ask(wallet -> "", this::show);
    }

    private void show(String problem) {
        clear();
        add(languages());
        add(trust(problem));
        add(look().secondary(getString(R.string.company), () -> go(CompanyActivity.class)));
        add(look().secondary(getString(R.string.backup), () -> go(BackupActivity.class)));
        add(look().danger(
                        getString(R.string.delete_all),
                        () -> sure(R.string.delete_all_sure, R.string.keep, R.string.yes_delete, this::deleteAll)));
    }

    private LinearLayout languages() {
        LinearLayout panel = look().panel();
        panel.addView(look().heading(getString(R.string.language)));
        RadioGroup group = new RadioGroup(this);
        String chosen = Choices.of(this).language();
        for (int i = 0; i < LANGUAGES.length; i++) {
            String tag = LANGUAGES[i];
            RadioButton button = new RadioButton(this);
            button.setId(View.generateViewId());
            button.setText(NAMES[i]);
            button.setTextSize(17);
            button.setTextColor(getColor(R.color.ink));
            button.setMinHeight(look().pixels(48));
            group.addView(button);
            if (tag.equals(chosen)) {
                group.check(button.getId());
            }
            button.setOnClickListener(pressed -> {
                Choices.of(this).language(tag);
                recreate();
            });
        }
        panel.addView(group);
        return panel;
    }

    private LinearLayout trust(String problem) {
        PhoneTrust trust = app().trust();
        LinearLayout panel = look().panel();
        panel.addView(look().heading(getString(R.string.trust)));
        panel.addView(look().text(
                        trust.isKnown()
                                ? getString(
                                        R.string.trust_as_of,
                                        CardPicture.day(trust.current().asOf(), this))
                                : getString(R.string.trust_none),
                        16,
                        trust.isKnown() ? R.color.ink : R.color.warn));
        if (!problem.isEmpty()) {
            panel.addView(look().text(getString(R.string.trust_refused, problem), 16, R.color.bad));
        }
        Uri link = getIntent().getData();
        String newAddress = link == null ? null : link.getQueryParameter("address");
        String newKey = link == null ? null : link.getQueryParameter("key");
        if (newAddress != null) {
            panel.addView(look().text(getString(R.string.trust_sure), 16, R.color.warn));
        }
        EditText address = field(panel, R.string.trust_url, newAddress == null ? trust.address() : newAddress);
        EditText key = field(panel, R.string.trust_key, newKey == null ? trust.key() : newKey);
        panel.addView(look().secondary(
                        getString(R.string.trust_fetch),
                        () -> fetch(
                                address.getText().toString().trim(),
                                key.getText().toString().trim())));
        return panel;
    }

    private EditText field(LinearLayout panel, int hint, String value) {
        panel.addView(look().text(getString(hint), 13, R.color.quiet));
        EditText field = look().field("", value, InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_URI);
        field.setContentDescription(getString(hint));
        LinearLayout.LayoutParams place = new LinearLayout.LayoutParams(
                LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT);
        place.bottomMargin = look().pixels(10);
        panel.addView(field, place);
        return field;
    }

    private void fetch(String address, String key) {
        showWaiting();
        ask(
                wallet -> {
                    try {
                        app().trust().fetch(address, key);
                        return "";
                    } catch (IOException | JsonException e) {
                        return String.valueOf(e.getMessage());
                    }
                },
                this::show);
    }

    private void deleteAll() {
        WalletApp.Question<Integer> question = wallet -> {
            app().company().forget();
            return wallet.deleteEverything();
        };
        ask(question, cards -> {
            Choices.of(this).welcomed(false);
            go(WelcomeActivity.class);
            finish();
        });
    }
}
