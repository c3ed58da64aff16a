package city.elicence.wallet.store;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenID4VCI section 12.2.4, {@code display}: how an issuer wants the card to look. All of it is the issuer's word.
 *
 * @param logoUri the picture itself as {@code data:}, or where it is to be had
 */
public record CardLook(
        @Nullable String backgroundColour,
        @Nullable String textColour,
        @Nullable String logoUri) {
    public static final CardLook PLAIN = new CardLook(null, null, null);

    /** The picture, once it is here; null where there is none, or where it was not fetched. */
    public @Nullable Logo logo() {
        return logoUri == null ? null : Logo.read(logoUri);
    }

    /** With this picture instead, or with none. */
    public CardLook with(@Nullable Logo logo) {
        return new CardLook(backgroundColour, textColour, logo == null ? null : logo.dataUri());
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (backgroundColour != null) {
            json.put("background", backgroundColour);
        }
        if (textColour != null) {
            json.put("text", textColour);
        }
        if (logoUri != null) {
            json.put("logo", logoUri);
        }
        return json;
    }

    static CardLook fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new CardLook(
                fields.optString("background").orElse(null),
                fields.optString("text").orElse(null),
                fields.optString("logo").orElse(null));
    }
}
