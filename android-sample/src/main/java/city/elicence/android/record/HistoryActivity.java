package city.elicence.android.record;

import android.widget.LinearLayout;
import city.elicence.android.R;
import city.elicence.android.screen.Screen;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.HistoryEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who saw what, when; and what came and went. It names claims and never holds their values. */
public final class HistoryActivity extends Screen {
    private record Told(List<HistoryEntry> entries, Map<String, Card> cards) {}

    @Override
    protected void onResume() {
        super.onResume();
        ask(
                wallet -> {
                    Map<String, Card> cards = new HashMap<>();
                    for (Card card : wallet.cards()) {
                        cards.put(card.id(), card);
                    }
                    return new Told(wallet.history(), cards);
                },
                this::show);
    }

    private void show(Told told) {
        clear();
        if (told.entries().isEmpty()) {
            add(look().text(getString(R.string.no_history), 17, R.color.quiet));
        }
        for (HistoryEntry entry : told.entries()) {
            add(panel(entry, told.cards().get(String.valueOf(entry.cardId()))));
        }
    }

    private LinearLayout panel(HistoryEntry entry, @org.jspecify.annotations.Nullable Card card) {
        LinearLayout panel = look().panel();
        panel.addView(look().text(time(entry.at()), 13, R.color.quiet));
        panel.addView(look().heading(in(entry.party())));
        boolean trouble = entry.kind() == HistoryEntry.Kind.REFUSED_BY_VERIFIER
                || entry.kind() == HistoryEntry.Kind.SENT_UNCONFIRMED;
        panel.addView(look().pill(getString(kind(entry.kind())), trouble ? R.color.warn : R.color.good));
        String name = in(entry.cardName());
        if (!name.isEmpty()) {
            panel.addView(look().text(name, 16, R.color.ink));
        }
        if (!entry.claims().isEmpty()) {
            panel.addView(look().row(getString(R.string.saw), claims(entry, card)));
        }
        panel.setFocusable(true);
        return panel;
    }

    private String claims(HistoryEntry entry, @org.jspecify.annotations.Nullable Card card) {
        List<String> names = new ArrayList<>();
        for (String path : entry.claims()) {
            String name = path;
            if (card != null) {
                for (CardClaim claim : card.claims()) {
                    if (claim.path().toString().equals(path)) {
                        name = in(claim.label());
                    }
                }
            }
            names.add(name);
        }
        return String.join(getString(R.string.comma), names);
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(getResources().getConfiguration().getLocales().get(0))
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    private static int kind(HistoryEntry.Kind kind) {
        return switch (kind) {
            case RECEIVED -> R.string.kind_received;
            case SENT_UNCONFIRMED -> R.string.kind_unconfirmed;
            case PRESENTED -> R.string.kind_presented;
            case PRESENTED_OFFLINE -> R.string.kind_offline;
            case REFUSED_BY_VERIFIER -> R.string.kind_refused;
            case DENIED -> R.string.kind_denied;
            case DELETED -> R.string.kind_deleted;
        };
    }
}
