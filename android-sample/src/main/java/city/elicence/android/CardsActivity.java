package city.elicence.android;

import android.content.Intent;
import android.net.Uri;
import android.text.InputType;
import android.widget.EditText;
import android.widget.TextView;
import city.elicence.wallet.receive.PendingReceipt;
import city.elicence.wallet.store.Card;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The first screen: all licences, what is still on its way, and a place for a link. */
public final class CardsActivity extends ScreenActivity {
    private static final Set<String> OFFERS = Set.of("openid-credential-offer", "haip-vci");
    private static final Set<String> REQUESTS = Set.of("openid4vp", "haip-vp");

    private record Held(List<Card> cards, List<PendingReceipt> pending) {}

    @Override
    protected void onResume() {
        super.onResume();
        ask(wallet -> new Held(wallet.cards(), wallet.pending()), this::show);
    }

    private void show(Held held) {
        clear();
        if (held.cards().isEmpty()) {
            text(getString(R.string.no_cards));
        }
        for (Card card : held.cards()) {
            TextView picture = CardPicture.of(card, this);
            picture.setOnClickListener(pressed ->
                    startActivity(new Intent(this, CardActivity.class).putExtra(CardActivity.CARD, card.id())));
            add(picture);
        }
        for (PendingReceipt pending : held.pending()) {
            button(
                    getString(R.string.go_on, in(pending.licences())),
                    () -> startActivity(
                            new Intent(this, OfferActivity.class).putExtra(OfferActivity.PENDING, pending.id())));
        }
        EditText link = new EditText(this);
        link.setHint(R.string.paste);
        link.setInputType(InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_URI);
        add(link);
        button(getString(R.string.open), () -> open(link.getText().toString().trim()));
        button(getString(R.string.refresh), this::refresh);
        button(getString(R.string.settings), () -> startActivity(new Intent(this, SettingsActivity.class)));
    }

    private void open(String link) {
        int colon = link.indexOf(':');
        String scheme = colon < 0 ? "" : link.substring(0, colon).toLowerCase(Locale.ROOT);
        if (OFFERS.contains(scheme)) {
            startActivity(new Intent(this, OfferActivity.class).setData(Uri.parse(link)));
        } else if (REQUESTS.contains(scheme)) {
            startActivity(new Intent(this, ConsentActivity.class).setData(Uri.parse(link)));
        } else {
            say(R.string.not_a_link);
        }
    }

    private void refresh() {
        showWaiting();
        ask(
                wallet -> {
                    wallet.refreshStatus();
                    wallet.fetchReceipts();
                    return new Held(wallet.cards(), wallet.pending());
                },
                this::show);
    }
}
