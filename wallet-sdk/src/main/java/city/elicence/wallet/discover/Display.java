package city.elicence.wallet.discover;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.store.CardLook;
import city.elicence.wallet.store.Logo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code display} arrays: an object for each language, all of it the issuer's word. */
final class Display {
    private static final int LONGEST_NAME = 200;

    private Display() {}

    /** Chinese and English; where one is missing the other, or any language, or the fallback stands in. */
    static Words name(List<Map<String, Object>> display, String fallback) throws JsonException {
        String zh = null;
        String en = null;
        String any = null;
        for (Map<String, Object> entry : display) {
            Fields fields = Fields.of(entry);
            String name = fields.optString("name").orElse(null);
            String locale = fields.optString("locale").orElse("");
            if (name == null) {
                continue;
            }
            name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
            any = any == null ? name : any;
            zh = zh == null && locale.startsWith("zh") ? name : zh;
            en = en == null && locale.startsWith("en") ? name : en;
        }
        String either = firstOf(en, any, fallback);
        return new Words(firstOf(zh, any, fallback), either);
    }

    static CardLook look(List<Map<String, Object>> display) throws JsonException {
        if (display.isEmpty()) {
            return CardLook.PLAIN;
        }
        Fields first = Fields.of(display.get(0));
        String logo = null;
        if (first.has("logo")) {
            logo = picture(first.fields("logo").optString("uri").orElse(null));
        }
        return new CardLook(
                first.optString("background_color").orElse(null),
                first.optString("text_color").orElse(null),
                logo);
    }

    /** HAIP section 4.1: SVG and PNG, from {@code data:} and {@code https:}; of anything else there is no picture. */
    private static @Nullable String picture(@Nullable String uri) {
        if (uri == null) {
            return null;
        }
        return Logo.read(uri) != null || SafeUri.of(uri) != null ? uri : null;
    }

    private static String firstOf(@Nullable String best, @Nullable String second, String last) {
        return best != null ? best : second != null ? second : last;
    }
}
