package city.elicence.wallet.store;

import org.jspecify.annotations.Nullable;

/** Section 12.2.4, {@code display}: how an issuer wants the card to look. All of it is the issuer's word. */
public record CardLook(
        @Nullable String backgroundColour,
        @Nullable String textColour,
        @Nullable String logoUri) {
    public static final CardLook PLAIN = new CardLook(null, null, null);
}
