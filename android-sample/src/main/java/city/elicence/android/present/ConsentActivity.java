package city.elicence.android.present;

import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.widget.CheckBox;
import android.widget.LinearLayout;
import city.elicence.android.R;
import city.elicence.android.screen.CardPicture;
import city.elicence.android.screen.Screen;
import city.elicence.android.screen.TypeLook;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.Presented;
import city.elicence.wallet.store.CardClaim;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks, on whose authority, and all that they would see. Nothing leaves before the holder says so. */
public final class ConsentActivity extends Screen {
    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        Uri link = getIntent().getData();
        if (link == null) {
            finish();
            return;
        }
        showWaiting();
        String text = link.toString();
        step(
                wallet -> wallet.readRequest(text),
                consent -> show(consent, consent.suggested()),
                refusal -> showRefused(text, refusal));
    }

    /** What is wrong is told to who asked only when the holder says so. */
    private void showRefused(String text, Refusal refusal) {
        showRefusal(refusal);
        ask(wallet -> wallet.hasToTell(text), somebody -> {
            if (somebody) {
                add(look().secondary(getString(R.string.tell), () -> tell(text)));
            }
        });
    }

    private void tell(String text) {
        showWaiting();
        step(wallet -> wallet.tellRefused(text), presented -> leave(R.string.told, presented));
    }

    private void show(Consent consent, Choice choice) {
        clear();
        add(look().party(getString(R.string.asks_you), in(consent.verifier().name()), consent.verifier()));
        for (Consent.Question question : consent.questions()) {
            List<String> picked = choice.picks().getOrDefault(question.id(), List.of());
            if (optional(consent, question) && !question.matches().isEmpty()) {
                add(optionalTick(consent, choice, question, !picked.isEmpty()));
            } else if (picked.isEmpty()) {
                add(look().text(getString(R.string.not_shown), 16, R.color.quiet));
            }
            for (Consent.Match match : question.matches()) {
                if (picked.contains(match.card().id())) {
                    add(asked(match));
                }
            }
            if (!question.multiple() && picked.size() == 1 && question.matches().size() > 1) {
                add(look().secondary(
                                getString(R.string.another_card),
                                () -> show(consent, next(question, picked.get(0), choice))));
            }
        }
        add(look().text(getString(R.string.consent_kept), 14, R.color.quiet));
        choice(R.string.deny, () -> deny(consent), R.string.agree, () -> agree(consent, choice));
    }

    /** Whether the verifier goes on without an answer to it. */
    private static boolean optional(Consent consent, Consent.Question question) {
        boolean needed = false;
        for (Consent.Need need : consent.needs()) {
            for (List<String> option : need.options()) {
                needed |= !need.optional() && option.contains(question.id());
            }
        }
        return !needed;
    }

    private CheckBox optionalTick(Consent consent, Choice choice, Consent.Question question, boolean ticked) {
        CheckBox tick = new CheckBox(this);
        tick.setText(
                getString(R.string.optional, in(question.matches().get(0).card().name())));
        tick.setTextSize(17);
        tick.setTextColor(getColor(R.color.ink));
        tick.setMinHeight(look().pixels(56));
        tick.setChecked(ticked);
        tick.setOnCheckedChangeListener((view, now) -> show(
                consent,
                now
                        ? choice.with(
                                question.id(), question.matches().get(0).card().id())
                        : choice.without(question.id())));
        return tick;
    }

    private LinearLayout asked(Consent.Match match) {
        LinearLayout panel = look().panel();
        panel.addView(
                look().heading(getString(R.string.from_card, in(match.card().name()))));
        panel.addView(look().text(getString(CardPicture.word(match.card().state())), 14, R.color.quiet));
        for (CardClaim claim : TypeLook.of(match.card().type()).inOrder(match.disclosed())) {
            panel.addView(CardPicture.row(match.card(), claim, this));
        }
        return panel;
    }

    private static Choice next(Consent.Question question, String picked, Choice choice) {
        List<Consent.Match> matches = question.matches();
        int place = 0;
        while (place < matches.size() && !matches.get(place).card().id().equals(picked)) {
            place++;
        }
        return choice.with(
                question.id(), matches.get((place + 1) % matches.size()).card().id());
    }

    private void agree(Consent consent, Choice choice) {
        if (consent.verifier().standing() == Standing.STRANGER) {
            sure(
                    R.string.stranger_sure,
                    R.string.deny,
                    R.string.go_on_anyway,
                    () -> present(consent, choice.evenThoughNobodyVouchesForTheVerifier()));
        } else {
            present(consent, choice);
        }
    }

    private void present(Consent consent, Choice choice) {
        showWaiting();
        step(wallet -> wallet.present(consent, choice), presented -> leave(R.string.shown, presented));
    }

    private void deny(Consent consent) {
        showWaiting();
        step(wallet -> wallet.deny(consent), presented -> leave(R.string.denied, presented));
    }

    private void leave(int said, Presented presented) {
        say(said);
        URI follow = presented.follow();
        if (follow != null) {
            startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse(follow.toString())));
        }
        finish();
    }
}
