package city.elicence.android.screen;

import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.Color;
import android.graphics.Typeface;
import android.util.Base64;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup.LayoutParams;
import android.widget.ImageView;
import android.widget.LinearLayout;
import android.widget.TextView;
import city.elicence.android.R;
import city.elicence.credentials.catalogue.Format;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.CardLook;
import city.elicence.wallet.store.CardState;
import city.elicence.wallet.store.Logo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A licence as it lies in the hand: its colour and drawing, whose it is with numbers masked, how it stands. */
public final class CardPicture {
    private static final int PLAIN = 0xFF1F5C4A;
    private static final int DEAD = 0xFF5B6360;
    private static final int LIGHT = 0xFFF7FAF8;
    private static final int EMBLEM = 44;
    private static final String PICTURE = "data:image/";
    private static final int LONGEST_PICTURE = 200_000;

    /** A number that could be read over a shoulder. */
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Z]{12,}");

    private CardPicture() {}

    public static View of(Card card, Screen screen) {
        boolean dead = card.state() == CardState.REVOKED || card.state() == CardState.EXPIRED;
        int colour = dead ? DEAD : colour(card.look().backgroundColour());
        TypeLook type = TypeLook.of(card.type());
        LinearLayout face = face(
                emblem(type, card.look(), ink(colour), screen),
                colour,
                screen.in(card.name()),
                screen.in(card.issuer().name()),
                screen);
        int ink = ink(colour);
        TextView summary = words(screen, summary(card, type, screen), 18, ink);
        summary.setTypeface(Typeface.create("sans-serif-medium", Typeface.NORMAL));
        summary.setPadding(0, screen.look().pixels(22), 0, screen.look().pixels(10));
        face.addView(summary);
        LinearLayout standing = screen.look().line();
        standing.addView(state(card, screen));
        String more = more(card, screen);
        TextView rest = words(screen, more, 14, ink);
        rest.setPadding(screen.look().pixels(10), 0, 0, 0);
        standing.addView(rest, new LinearLayout.LayoutParams(0, LayoutParams.WRAP_CONTENT, 1));
        face.addView(standing);
        face.setContentDescription(String.join(
                ". ",
                screen.in(card.name()),
                screen.in(card.issuer().name()),
                summary.getText(),
                screen.getString(word(card.state())),
                more));
        return face;
    }

    /** What is offered, before there is anything on it. */
    public static View offered(String vct, CardLook look, String name, String issuer, Screen screen) {
        int colour = colour(look.backgroundColour());
        LinearLayout face = face(emblem(TypeLook.of(vct), look, ink(colour), screen), colour, name, issuer, screen);
        face.setMinimumHeight(screen.look().pixels(140));
        face.setContentDescription(name + ". " + issuer);
        return face;
    }

    /** Whether its picture is still at its issuer. */
    public static boolean lacksLogo(Card card) {
        return !TypeLook.of(card.type()).known()
                && card.look().logoUri() != null
                && card.look().logo() == null;
    }

    /** The app's own drawing in the card's ink; a stranger's picture as it is, on a light ground, since nothing says which it is made for. */
    private static ImageView emblem(TypeLook type, CardLook look, int ink, Screen screen) {
        Logo logo = type.known() ? null : look.logo();
        Bitmap drawn = logo == null ? null : LogoPicture.of(logo, screen.look().pixels(EMBLEM));
        ImageView picture = screen.look().picture(type.drawable(screen), ink, EMBLEM);
        if (drawn != null) {
            picture.setImageBitmap(drawn);
            picture.setImageTintList(null);
            picture.setBackground(screen.look().rounded(LIGHT, 10));
            int edge = screen.look().pixels(4);
            picture.setPadding(edge, edge, edge, edge);
        }
        return picture;
    }

    private static LinearLayout face(ImageView emblem, int colour, String name, String issuer, Screen screen) {
        Look look = screen.look();
        int ink = ink(colour);
        LinearLayout face = look.column();
        face.setBackground(look.rounded(colour, 18));
        int edge = look.pixels(18);
        face.setPadding(edge, edge, edge, edge);
        face.setFocusable(true);
        LinearLayout top = look.line();
        top.setGravity(Gravity.TOP);
        LinearLayout words = look.column();
        TextView title = words(screen, name, 21, ink);
        title.setTypeface(Typeface.DEFAULT_BOLD);
        words.addView(title);
        words.addView(words(screen, issuer, 14, ink));
        top.addView(words, new LinearLayout.LayoutParams(0, LayoutParams.WRAP_CONTENT, 1));
        top.addView(emblem);
        face.addView(top);
        return face;
    }

    private static TextView words(Screen screen, CharSequence text, int size, int ink) {
        TextView view = screen.look().text(text, size, R.color.ink);
        view.setTextColor(ink);
        view.setImportantForAccessibility(View.IMPORTANT_FOR_ACCESSIBILITY_NO);
        return view;
    }

    /** On every card's colour alike: light ground, the word in the colour of good, warning or bad. */
    private static TextView state(Card card, Screen screen) {
        int word = switch (card.state()) {
            case VALID -> 0xFF14583A;
            case NOT_YET_VALID, EXPIRES_SOON -> 0xFF6B4500;
            case EXPIRED, SUSPENDED, REVOKED -> 0xFF9B1C15;
        };
        TextView state = words(screen, screen.getString(word(card.state())), 14, word);
        state.setTypeface(Typeface.DEFAULT_BOLD);
        state.setBackground(screen.look().rounded(LIGHT, 14));
        state.setPadding(
                screen.look().pixels(10),
                screen.look().pixels(4),
                screen.look().pixels(10),
                screen.look().pixels(4));
        return state;
    }

    public static int word(CardState state) {
        return switch (state) {
            case VALID -> R.string.state_valid;
            case NOT_YET_VALID -> R.string.state_not_yet_valid;
            case EXPIRES_SOON -> R.string.state_expires_soon;
            case EXPIRED -> R.string.state_expired;
            case SUSPENDED -> R.string.state_suspended;
            case REVOKED -> R.string.state_revoked;
        };
    }

    private static String more(Card card, Screen screen) {
        List<String> more = new ArrayList<>();
        Instant until = card.validUntil();
        if (until != null) {
            more.add(screen.getString(R.string.until, day(until, screen)));
        }
        if (card.format() == Format.MDOC) {
            more.add(screen.getString(R.string.mobile_document));
        }
        if (!card.anchored()) {
            more.add(screen.getString(R.string.not_anchored));
        }
        return String.join(" · ", more);
    }

    private static String summary(Card card, TypeLook type, Screen screen) {
        List<String> shown = new ArrayList<>();
        for (String wanted : type.summary()) {
            for (CardClaim claim : card.claims()) {
                if (claim.path().toString().equals(wanted)) {
                    shown.add(masked(value(card, claim, screen)));
                }
            }
        }
        return String.join("   ", shown);
    }

    static String masked(String value) {
        return NUMBER.matcher(value).matches()
                ? value.substring(0, 4) + " •••• " + value.substring(value.length() - 4)
                : value;
    }

    public static String day(Instant at, Screen screen) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(
                        screen.getResources().getConfiguration().getLocales().get(0))
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /** A claim's value in words. */
    public static String value(Card card, CardClaim claim, Screen screen) {
        return text(card, claim.path().toString(), claim.value(), screen);
    }

    private static String text(Card card, String name, @Nullable Object value, Screen screen) {
        if (value instanceof Boolean yes) {
            return screen.getString(yes ? R.string.yes : R.string.no);
        }
        if (value instanceof List<?> list) {
            List<String> each = new ArrayList<>();
            for (Object one : list) {
                each.add(text(card, name, one, screen));
            }
            return String.join(", ", each);
        }
        if (value instanceof Map<?, ?> map) {
            List<String> each = new ArrayList<>();
            for (Object one : map.values()) {
                each.add(text(card, name, one, screen));
            }
            return String.join(" ", each);
        }
        String plain = String.valueOf(value);
        return plain.startsWith(PICTURE)
                ? screen.getString(R.string.picture)
                : screen.in(TypeLook.of(card.type()).value(name, plain));
    }

    /** The claim's name and value; a portrait is shown as one. */
    public static View row(Card card, CardClaim claim, Screen screen) {
        Words label = claim.label();
        Bitmap portrait = portrait(claim.value());
        if (portrait == null) {
            return screen.look().row(screen.in(label), value(card, claim, screen));
        }
        ImageView picture = new ImageView(screen);
        picture.setImageBitmap(portrait);
        picture.setContentDescription(screen.in(label));
        picture.setLayoutParams(new LinearLayout.LayoutParams(
                screen.look().pixels(72), screen.look().pixels(96)));
        return screen.look().row(screen.in(label), picture);
    }

    private static @Nullable Bitmap portrait(@Nullable Object value) {
        if (!(value instanceof String text) || !text.startsWith(PICTURE) || text.length() > LONGEST_PICTURE) {
            return null;
        }
        int comma = text.indexOf(',');
        try {
            byte[] octets = Base64.decode(text.substring(comma + 1), Base64.DEFAULT);
            return comma < 0 ? null : BitmapFactory.decodeByteArray(octets, 0, octets.length);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int ink(int colour) {
        // The issuer's own text colour is not used: nothing says that it can be read on its background.
        return Color.luminance(colour) > 0.18f ? Color.BLACK : Color.WHITE;
    }

    private static int colour(@Nullable String written) {
        try {
            return written == null ? PLAIN : Color.parseColor(written) | 0xFF000000;
        } catch (IllegalArgumentException e) {
            return PLAIN;
        }
    }
}
