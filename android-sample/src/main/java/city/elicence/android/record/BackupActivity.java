package city.elicence.android.record;

import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import city.elicence.android.R;
import city.elicence.android.screen.Screen;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.HistoryEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list to keep elsewhere, and what to do when the phone is lost. */
public final class BackupActivity extends Screen {
    private static final int SAVE = 21;
    private static final int READ = 22;
    private static final int LONGEST_FILE = 2_000_000;
    private EditText password;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        show(List.of());
    }

    private void show(List<String> found) {
        clear();
        LinearLayout lost = look().panel();
        lost.addView(look().heading(getString(R.string.lost_title)));
        for (int step : new int[] {R.string.lost_revoke, R.string.lost_again, R.string.lost_safe}) {
            lost.addView(look().text("• " + getString(step), 16, R.color.ink));
        }
        LinearLayout backup = look().panel();
        backup.addView(look().heading(getString(R.string.backup_title)));
        backup.addView(look().text(getString(R.string.backup_what), 16, R.color.ink));
        password = look().field(
                        getString(R.string.backup_password),
                        "",
                        InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD);
        LinearLayout.LayoutParams place = new LinearLayout.LayoutParams(
                LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT);
        place.setMargins(0, look().pixels(12), 0, look().pixels(12));
        backup.addView(password, place);
        backup.addView(look().primary(getString(R.string.backup_save), () -> pick(true)));
        backup.addView(look().secondary(getString(R.string.backup_read), () -> pick(false)), place);
        if (!found.isEmpty()) {
            LinearLayout list = look().panel();
            list.addView(look().heading(getString(R.string.backup_found)));
            for (String line : found) {
                list.addView(look().text(line, 16, R.color.ink));
            }
            add(list);
        }
        add(backup);
        add(lost);
    }

    private void pick(boolean save) {
        if (password.getText().length() < SealedList.SHORTEST_PASSWORD) {
            say(R.string.backup_short);
            return;
        }
        Intent file = new Intent(save ? Intent.ACTION_CREATE_DOCUMENT : Intent.ACTION_OPEN_DOCUMENT);
        file.addCategory(Intent.CATEGORY_OPENABLE);
        file.setType(save ? "application/json" : "*/*");
        file.putExtra(Intent.EXTRA_TITLE, "e-licence-list.json");
        startActivityForResult(file, save ? SAVE : READ);
    }

    @Override
    protected void onActivityResult(int request, int result, @Nullable Intent data) {
        super.onActivityResult(request, result, data);
        Uri file = data == null ? null : data.getData();
        if (result != RESULT_OK || file == null) {
            return;
        }
        String word = password.getText().toString();
        if (request == SAVE) {
            ask(wallet -> save(wallet, file, word), said -> say(said ? R.string.backup_saved : R.string.broken));
        } else if (request == READ) {
            ask(wallet -> read(file, word), this::read);
        }
    }

    private boolean save(Wallet wallet, Uri file, String word) throws GeneralSecurityException {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Card card : wallet.cards()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("licence", card.name().toJson());
            entry.put("issuer", card.issuer().name().toJson());
            entry.put("issuer_id", card.issuer().id());
            entry.put("type", card.type());
            entries.add(entry);
        }
        for (HistoryEntry seen : wallet.history()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("at", seen.at().toString());
            entry.put("act", seen.kind().name());
            entry.put("party", seen.party().toJson());
            entry.put("claims", seen.claims());
            entries.add(entry);
        }
        String sealed = SealedList.seal(entries, word);
        try (OutputStream out = getContentResolver().openOutputStream(file)) {
            if (out == null) {
                return false;
            }
            out.write(sealed.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> read(Uri file, String word) {
        try (InputStream in = getContentResolver().openInputStream(file)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            int n = in == null ? -1 : in.read(piece);
            while (n >= 0 && all.size() < LONGEST_FILE) {
                all.write(piece, 0, n);
                n = in.read(piece);
            }
            List<String> lines = new ArrayList<>();
            for (Map<String, Object> entry :
                    SealedList.open(new String(all.toByteArray(), StandardCharsets.UTF_8), word)) {
                Fields fields = Fields.of(entry);
                if (fields.has("licence")) {
                    lines.add(in(Words.fromJson(fields.object("licence"))) + " · "
                            + in(Words.fromJson(fields.object("issuer"))));
                }
            }
            return lines;
        } catch (IOException | JsonException | GeneralSecurityException e) {
            return List.of();
        }
    }

    private void read(List<String> lines) {
        if (lines.isEmpty()) {
            say(R.string.backup_wrong);
        } else {
            show(lines);
        }
    }
}
