package city.elicence.android;

import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.Presented;
import city.elicence.wallet.store.CardClaim;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks, on whose authority, and all that they would see. Nothing leaves before the holder says so. */
public final class ConsentActivity extends ScreenActivity {
    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        Uri link = getIntent().getData();
        if (link == null) {
            finish();
            return;
        }
        showWaiting();
        step(wallet -> wallet.readRequest(link.toString()), consent -> show(consent, consent.suggested()));
    }

    private void show(Consent consent, Choice choice) {
        clear();
        party(R.string.asks_you, consent.verifier());
        for (Consent.Question question : consent.questions()) {
            List<String> picked = choice.picks().getOrDefault(question.id(), List.of());
            if (picked.isEmpty()) {
                small(getString(R.string.not_shown));
            }
            for (Consent.Match match : question.matches()) {
                if (picked.contains(match.card().id())) {
                    show(match);
                }
            }
            if (!question.multiple() && picked.size() == 1 && question.matches().size() > 1) {
                button(getString(R.string.another_card), () -> show(consent, next(question, picked.get(0), choice)));
            }
        }
        choice(R.string.deny, () -> deny(consent), R.string.agree, () -> agree(consent, choice));
    }

    private void show(Consent.Match match) {
        heading(getString(R.string.from_card, in(match.card().name())));
        small(CardPicture.standing(match.card(), this));
        for (CardClaim claim : match.disclosed()) {
            text("• " + CardPicture.line(claim, this));
        }
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
