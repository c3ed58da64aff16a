package city.elicence.android;

import android.graphics.Color;
import android.graphics.drawable.GradientDrawable;
import android.view.Gravity;
import android.widget.TextView;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A licence as a coloured card: its name, its issuer, how it stands. */
final class CardPicture {
    private static final int PLAIN = 0xFF1F5C4A;

    private CardPicture() {}

    static TextView of(Card card, ScreenActivity screen) {
        int colour = colour(card.look().backgroundColour());
        GradientDrawable back = new GradientDrawable();
        back.setColor(colour);
        back.setCornerRadius(screen.pixels(14));
        TextView view = new TextView(screen);
        view.setBackground(back);
        int edge = screen.pixels(18);
        view.setPadding(edge, edge, edge, edge);
        view.setMinHeight(screen.pixels(120));
        view.setGravity(Gravity.CENTER_VERTICAL);
        // The issuer's own text colour is not used: nothing says that it can be read on its background.
        view.setTextColor(Color.luminance(colour) > 0.4f ? Color.BLACK : Color.WHITE);
        view.setTextSize(18);
        view.setText(screen.in(card.name()) + "\n" + screen.in(card.issuer().name()) + "\n" + standing(card, screen));
        return view;
    }

    static String standing(Card card, ScreenActivity screen) {
        StringBuilder standing = new StringBuilder(screen.getString(
                switch (card.state()) {
                    case VALID -> R.string.state_valid;
                    case NOT_YET_VALID -> R.string.state_not_yet_valid;
                    case EXPIRES_SOON -> R.string.state_expires_soon;
                    case EXPIRED -> R.string.state_expired;
                    case SUSPENDED -> R.string.state_suspended;
                    case REVOKED -> R.string.state_revoked;
                }));
        if (!card.anchored()) {
            standing.append(" · ").append(screen.getString(R.string.not_anchored));
        }
        Instant until = card.validUntil();
        if (until != null) {
            standing.append(" · ").append(screen.getString(R.string.until, day(until)));
        }
        return standing.toString();
    }

    static String day(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(Locale.getDefault())
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    static String line(CardClaim claim, ScreenActivity screen) {
        Object value = claim.value();
        String shown = value instanceof Boolean yes
                ? screen.getString(yes ? R.string.yes : R.string.no)
                : String.valueOf(value);
        return screen.in(claim.label()) + ": " + shown;
    }

    private static int colour(@Nullable String written) {
        try {
            return written == null ? PLAIN : Color.parseColor(written) | 0xFF000000;
        } catch (IllegalArgumentException e) {
            return PLAIN;
        }
    }
}
