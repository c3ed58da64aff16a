package city.elicence.android.cards;

import android.content.Intent;
import android.os.Bundle;
import android.widget.CheckBox;
import android.widget.LinearLayout;
import city.elicence.android.R;
import city.elicence.android.near.NearbyActivity;
import city.elicence.android.present.CodeActivity;
import city.elicence.android.screen.CardPicture;
import city.elicence.android.screen.Screen;
import city.elicence.android.screen.TypeLook;
import city.elicence.credentials.catalogue.Format;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One licence with its claims; ticked ones go into the code that a verifier with no network scans. */
public final class CardActivity extends Screen {
    public static final String CARD = "card";

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
        heading(in(card.name()));
        clear();
        add(CardPicture.of(card, this));
        add(facts(card));
        boolean near = card.format() == Format.MDOC;
        LinearLayout always = look().panel();
        Map<CheckBox, CardClaim> ticks = new LinkedHashMap<>();
        LinearLayout chosen = look().panel();
        always.addView(look().heading(getString(near ? R.string.near_on_it : R.string.always_seen)));
        chosen.addView(look().heading(getString(R.string.choose_claims)));
        for (CardClaim claim : TypeLook.of(card.type()).inOrder(card.claims())) {
            if (claim.selective() && !near) {
                CheckBox tick = tick(card, claim);
                chosen.addView(tick);
                ticks.put(tick, claim);
            } else {
                always.addView(CardPicture.row(card, claim, this));
            }
        }
        if (!near) {
            add(chosen);
        }
        if (always.getChildCount() > 1) {
            add(always);
        }
        add(look().danger(
                        getString(R.string.delete),
                        () -> sure(R.string.delete_sure, R.string.keep, R.string.yes_delete, () -> delete(card))));
        LinearLayout footer = look().column();
        int edge = look().pixels(16);
        footer.setPadding(edge, look().pixels(12), edge, look().pixels(12));
        footer.addView(
                near
                        ? look().primary(
                                        getString(R.string.near),
                                        () -> startActivity(
                                                new Intent(this, NearbyActivity.class).putExtra(CARD, card.id())))
                        : look().primary(getString(R.string.show_code), () -> showCode(card, ticks)));
        addToFooter(footer);
    }

    private LinearLayout facts(Card card) {
        LinearLayout facts = look().panel();
        facts.addView(look().row(getString(R.string.issued_by), in(card.issuer().name())));
        Instant asOf = card.statusAsOf();
        String state = getString(CardPicture.word(card.state()));
        facts.addView(look().row(
                        getString(R.string.state),
                        asOf == null
                                ? getString(R.string.state_never_asked, state)
                                : getString(R.string.state_as_of, state, CardPicture.day(asOf, this))));
        facts.addView(look().row(
                        getString(R.string.ledger),
                        getString(card.anchored() ? R.string.anchored : R.string.not_anchored)));
        return facts;
    }

    private CheckBox tick(Card card, CardClaim claim) {
        CheckBox tick = new CheckBox(this);
        tick.setText(in(claim.label()) + "\n" + CardPicture.value(card, claim, this));
        tick.setTextSize(16);
        tick.setTextColor(getColor(R.color.ink));
        tick.setMinHeight(look().pixels(56));
        return tick;
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
