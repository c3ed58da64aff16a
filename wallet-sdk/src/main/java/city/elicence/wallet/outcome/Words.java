package city.elicence.wallet.outcome;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same words in Chinese and in English. */
public record Words(String zh, String en) {
    public static Words same(String text) {
        return new Words(text, text);
    }

    /** By a language tag: Chinese for {@code zh} and its variants, English otherwise. */
    public String in(String languageTag) {
        return languageTag.startsWith("zh") ? zh : en;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("zh", zh);
        json.put("en", en);
        return json;
    }

    public static Words fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new Words(fields.string("zh"), fields.string("en"));
    }
}
