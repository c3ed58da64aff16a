package city.elicence.android.receive;

import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import city.elicence.android.R;
import city.elicence.android.cards.CardsActivity;
import city.elicence.android.screen.CardPicture;
import city.elicence.android.screen.Screen;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import org.jspecify.annotations.Nullable;

/** Who gives what; then its way to the phone, a sign-in at the issuer included. */
public final class OfferActivity extends Screen {
    public static final String PENDING = "pending";
    private static final String SIGNED_IN = "elicence-wallet";

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        showWaiting();
        String pending = getIntent().getStringExtra(PENDING);
        Uri link = getIntent().getData();
        if (pending != null) {
            step(wallet -> wallet.resume(pending), this::went);
        } else if (link == null) {
            finish();
        } else if (SIGNED_IN.equals(link.getScheme())) {
            step(wallet -> wallet.signedIn(link.toString()), this::went);
        } else {
            step(wallet -> wallet.readOffer(link.toString()), this::show);
        }
    }

    private void show(OfferPreview offer) {
        clear();
        String issuer = in(offer.issuer().name());
        add(look().party(getString(R.string.gives_you), issuer, offer.issuer()));
        for (OfferPreview.OfferedLicence licence : offer.licences()) {
            add(CardPicture.offered(licence.type(), licence.look(), in(licence.name()), issuer, this));
        }
        EditText code = offer.txCode() == null ? null : codeField(offer.txCode());
        if (offer.signInNeeded()) {
            add(look().text(getString(R.string.sign_in_first), 16, R.color.quiet));
        }
        add(look().text(getString(R.string.receive_confirm), 16, R.color.quiet));
        choice(R.string.decline, this::finish, R.string.accept, () -> {
            String txCode = code == null ? null : code.getText().toString().trim();
            if (offer.issuer().standing() == Standing.STRANGER) {
                sure(
                        R.string.stranger_sure,
                        R.string.decline,
                        R.string.go_on_anyway,
                        () -> accept(offer.evenThoughNobodyVouchesForTheIssuer(), txCode));
            } else {
                accept(offer, txCode);
            }
        });
    }

    private EditText codeField(OfferPreview.TxCode expected) {
        String description = expected.description();
        return add(look().field(
                        description == null ? getString(R.string.tx_code) : description,
                        "",
                        expected.numeric() ? InputType.TYPE_CLASS_NUMBER : InputType.TYPE_CLASS_TEXT));
    }

    private void accept(OfferPreview offer, @Nullable String txCode) {
        showWaiting();
        step(wallet -> wallet.accept(offer, txCode), this::went);
    }

    private void went(Receiving receiving) {
        if (receiving instanceof Receiving.SignInNeeded signIn) {
            startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse(signIn.page().toString())));
        } else if (receiving instanceof Receiving.Received received) {
            if (!received.refused().isEmpty()) {
                // Some came and one did not: that is read, not missed in a word that goes by.
                showRefusal(received.refused().get(0));
                return;
            }
            say(R.string.received);
        } else if (receiving instanceof Receiving.Later) {
            say(R.string.later);
        } else {
            say(R.string.interrupted);
        }
        if (!(receiving instanceof Receiving.SignInNeeded)) {
            startActivity(new Intent(this, CardsActivity.class)
                    .putExtra(CardsActivity.NEW, true)
                    .addFlags(Intent.FLAG_ACTIVITY_CLEAR_TOP));
        }
        finish();
    }
}
