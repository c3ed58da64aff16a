package city.elicence.android.near;

import android.view.View;
import android.widget.LinearLayout;
import city.elicence.android.R;
import city.elicence.android.screen.CardPicture;
import city.elicence.android.screen.Screen;
import city.elicence.android.screen.TypeLook;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.proximity.NearbyConsent;
import city.elicence.wallet.store.CardClaim;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a reader would see and what of it it means to keep, a panel for each document that it asks for. */
final class Asked {
    private final Screen screen;
    private final List<View> panels = new ArrayList<>();
    private final Set<String> cards = new LinkedHashSet<>();

    /** The card that the holder began with is shown where it fits, else the first that does. */
    Asked(Screen screen, NearbyConsent consent, String chosen) {
        this.screen = screen;
        for (NearbyConsent.Question question : consent.questions()) {
            Consent.Match picked = null;
            for (Consent.Match match : question.matches()) {
                if (picked == null || match.card().id().equals(chosen)) {
                    picked = match;
                }
            }
            if (picked == null) {
                panels.add(screen.look()
                        .text(screen.getString(R.string.near_none, question.docType()), 16, R.color.quiet));
            } else {
                cards.add(picked.card().id());
                panels.add(panel(question, picked));
            }
        }
    }

    List<View> panels() {
        return panels;
    }

    Set<String> cards() {
        return cards;
    }

    private LinearLayout panel(NearbyConsent.Question question, Consent.Match match) {
        LinearLayout panel = screen.look().panel();
        panel.addView(screen.look()
                .heading(screen.getString(
                        R.string.from_card, screen.in(match.card().name()))));
        panel.addView(screen.look()
                .text(screen.getString(CardPicture.word(match.card().state())), 14, R.color.quiet));
        rows(panel, R.string.near_keeps, question, match, true);
        rows(panel, R.string.near_looks, question, match, false);
        List<String> absent = new ArrayList<>();
        for (ClaimPath element : question.elements().keySet()) {
            if (match.disclosed().stream().noneMatch(claim -> element.overlaps(claim.path()))) {
                absent.add(String.valueOf(element.steps().get(element.steps().size() - 1)));
            }
        }
        if (!absent.isEmpty()) {
            String names = String.join(screen.getString(R.string.comma), absent);
            panel.addView(screen.look().text(screen.getString(R.string.near_not_on_it, names), 14, R.color.quiet));
        }
        return panel;
    }

    private void rows(
            LinearLayout panel, int title, NearbyConsent.Question question, Consent.Match match, boolean kept) {
        boolean first = true;
        for (CardClaim claim : TypeLook.of(match.card().type()).inOrder(match.disclosed())) {
            if (isKept(question.elements(), claim.path()) == kept) {
                if (first) {
                    panel.addView(screen.look().heading(screen.getString(title)));
                    first = false;
                }
                panel.addView(CardPicture.row(match.card(), claim, screen));
            }
        }
    }

    private static boolean isKept(Map<ClaimPath, Boolean> elements, ClaimPath claim) {
        return elements.entrySet().stream()
                .anyMatch(asked -> asked.getValue() && asked.getKey().overlaps(claim));
    }
}
