package city.elicence.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the list of accredited authorities comes from, and the end of all data on this phone. */
public final class SettingsActivity extends ScreenActivity {
    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        // The trust is opened with the wallet.
        ask(wallet -> "", opened -> show(opened));
    }

    private void show(String problem) {
        PhoneTrust trust = app().trust();
        clear();
        text(
                trust.isKnown()
                        ? getString(
                                R.string.trust_as_of,
                                CardPicture.day(trust.current().asOf()))
                        : getString(R.string.trust_none));
        if (!problem.isEmpty()) {
            text(getString(R.string.trust_refused, problem));
        }
        EditText address = field(R.string.trust_url, trust.address());
        EditText key = field(R.string.trust_key, trust.key());
        button(
                getString(R.string.trust_fetch),
                () -> fetch(
                        address.getText().toString().trim(),
                        key.getText().toString().trim()));
        button(
                getString(R.string.delete_all),
                () -> sure(R.string.delete_all_sure, R.string.keep, R.string.yes_delete, this::deleteAll));
    }

    private EditText field(int hint, String value) {
        EditText field = new EditText(this);
        field.setHint(hint);
        field.setText(value);
        field.setInputType(InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_URI);
        add(field);
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
        ask(wallet -> wallet.deleteEverything(), cards -> finish());
    }
}
