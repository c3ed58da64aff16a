package city.elicence.android;

import android.content.Intent;
import android.os.Bundle;
import android.widget.CheckBox;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One licence with its claims; ticked ones go into the code that a verifier with no network scans. */
public final class CardActivity extends ScreenActivity {
    static final String CARD = "card";

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        String id = String.valueOf(getIntent().getStringExtra(CARD));
        ask(
                wallet -> {
                    for (Card card : wallet.cards()) {
                        if (card.id().equals(id)) {
                            return List.of(card);
                        }
                    }
                    return List.<Card>of();
                },
                found -> found.forEach(this::show));
    }

    private void show(Card card) {
        setTitle(in(card.name()));
        clear();
        add(CardPicture.of(card, this));
        small(getString(R.string.always_seen));
        for (CardClaim claim : card.claims()) {
            if (!claim.selective()) {
                text(CardPicture.line(claim, this));
            }
        }
        small(getString(R.string.choose_claims));
        Map<CheckBox, CardClaim> ticks = new LinkedHashMap<>();
        for (CardClaim claim : card.claims()) {
            if (claim.selective()) {
                CheckBox tick = new CheckBox(this);
                tick.setText(CardPicture.line(claim, this));
                tick.setTextSize(16);
                add(tick);
                ticks.put(tick, claim);
            }
        }
        button(getString(R.string.show_code), () -> showCode(card, ticks));
        button(
                getString(R.string.delete),
                () -> sure(R.string.delete_sure, R.string.keep, R.string.yes_delete, () -> delete(card)));
    }

    private void showCode(Card card, Map<CheckBox, CardClaim> ticks) {
        ArrayList<String> ticked = new ArrayList<>();
        ticks.forEach((tick, claim) -> {
            if (tick.isChecked()) {
                ticked.add(claim.path().toString());
            }
        });
        startActivity(new Intent(this, CodeActivity.class)
                .putExtra(CARD, card.id())
                .putStringArrayListExtra(CodeActivity.CLAIMS, ticked));
    }

    private void delete(Card card) {
        step(wallet -> wallet.delete(card.id()), deleted -> finish());
    }
}
