package city.elicence.android.cards;

import android.content.Intent;
import android.os.Bundle;
import android.text.InputType;
import android.view.View;
import android.widget.EditText;
import android.widget.LinearLayout;
import city.elicence.android.Links;
import city.elicence.android.R;
import city.elicence.android.company.CompanyActivity;
import city.elicence.android.receive.OfferActivity;
import city.elicence.android.receive.ScanActivity;
import city.elicence.android.record.HistoryActivity;
import city.elicence.android.record.SettingsActivity;
import city.elicence.android.screen.CardPicture;
import city.elicence.android.screen.Choices;
import city.elicence.android.screen.Screen;
import city.elicence.android.screen.Tabs;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.receive.PendingReceipt;
import city.elicence.wallet.store.Card;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first screen: all licences, what is still on its way, and a place for a link. */
public final class CardsActivity extends Screen {
    /** Licences have just come. */
    public static final String NEW = "new";

    private record Held(List<Card> cards, List<PendingReceipt> pending, boolean signs) {}

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        topLevel();
        if (!Choices.of(this).welcomed()) {
            go(WelcomeActivity.class);
        }
    }

    @Override
    protected void onResume() {
        super.onResume();
        ask(this::held, held -> {
            show(held);
            if (getIntent().getBooleanExtra(NEW, false) && held.cards().stream().anyMatch(CardPicture::lacksLogo)) {
                getIntent().removeExtra(NEW);
                ask(this::withLogos, this::show);
            }
        });
    }

    /**
     * The issuers of all cards that still lack a picture are asked, not of the new one alone: when a card came and when
     * refresh is pressed, and never because a card is looked at.
     */
    private Held withLogos(Wallet wallet) throws IOException {
        for (Card card : wallet.cards()) {
            if (CardPicture.lacksLogo(card)) {
                // Without an answer it looks plain until the next time.
                wallet.fetchLogo(card.id());
            }
        }
        return held(wallet);
    }

    private Held held(Wallet wallet) throws IOException {
        return new Held(wallet.cards(), wallet.pending(), app().company().seat() != null);
    }

    private void show(Held held) {
        clear();
        if (held.signs()) {
            add(look().secondary(getString(R.string.company), () -> go(CompanyActivity.class)));
        }
        if (held.cards().isEmpty()) {
            LinearLayout panel = look().panel();
            panel.addView(look().heading(getString(R.string.no_cards)));
            panel.addView(look().text(getString(R.string.no_cards_hint), 16, R.color.quiet));
            add(panel);
        }
        for (Card card : held.cards()) {
            View picture = CardPicture.of(card, this);
            picture.setOnClickListener(pressed ->
                    startActivity(new Intent(this, CardActivity.class).putExtra(CardActivity.CARD, card.id())));
            add(picture);
        }
        for (PendingReceipt pending : held.pending()) {
            add(look().secondary(
                            getString(R.string.go_on, in(pending.licences())),
                            () -> startActivity(new Intent(this, OfferActivity.class)
                                    .putExtra(OfferActivity.PENDING, pending.id()))));
        }
        if (!held.cards().isEmpty()) {
            add(look().secondary(getString(R.string.refresh), this::refresh));
        }
        LinearLayout links = look().panel();
        links.addView(look().heading(getString(R.string.paste)));
        EditText link = look().field(
                        getString(R.string.paste_hint),
                        "",
                        InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_URI);
        links.addView(link);
        links.addView(look().secondary(
                        getString(R.string.open),
                        () -> open(link.getText().toString().trim())));
        add(links);
        addToFooter(Tabs.of(
                this,
                0,
                new int[] {R.string.cards, R.string.scan, R.string.history, R.string.settings},
                new int[] {
                    R.drawable.icon_cards, R.drawable.icon_scan, R.drawable.icon_history, R.drawable.icon_settings
                },
                new Tabs.Place[] {
                    this::recreate,
                    () -> go(ScanActivity.class),
                    () -> go(HistoryActivity.class),
                    () -> go(SettingsActivity.class)
                }));
    }

    private void open(String link) {
        if (!Links.open(link, this)) {
            say(R.string.not_a_link);
        }
    }

    private void refresh() {
        showWaiting();
        ask(
                wallet -> {
                    // A receipt proves nothing before the ledger's head that it leads to is known.
                    app().trust().refresh();
                    wallet.refreshStatus();
                    wallet.fetchReceipts();
                    return withLogos(wallet);
                },
                this::show);
    }
}
