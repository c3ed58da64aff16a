package city.elicence.verifier.request;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named check, as its data file says.
 *
 * @param id such as {@code age-over-18}
 * @param label what it is called, by language
 * @param purpose what it is for, by language: shown to the holder, kept in the audit trail
 * @param dcql the query; a {@code vct} that reads {@code type:<id>} stands for that type of the catalogue
 */
public record Preset(String id, Words label, Words purpose, Map<String, Object> dcql) {
    private static final String TYPE = "type:";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,62}");

    public Preset {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a preset's id is lower-case letters, digits and hyphens");
        }
        dcql = Collections.unmodifiableMap(new LinkedHashMap<>(dcql));
    }

    /** The same words in both languages of the city. */
    public record Words(String zh, String en) {
        public Words {
            if (zh.isBlank() || en.isBlank() || zh.length() > 140 || en.length() > 140) {
                throw new IllegalArgumentException("words have 1 to 140 characters in each language");
            }
        }

        static Words read(Fields fields) throws JsonException {
            return new Words(fields.string("zh"), fields.string("en"));
        }

        /** As JSON. */
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("zh", zh);
            json.put("en", en);
            return json;
        }
    }

    static Preset read(String text) throws JsonException {
        Fields fields = Fields.parse(text);
        return new Preset(
                fields.string("id"),
                Words.read(fields.fields("label")),
                Words.read(fields.fields("purpose")),
                fields.object("dcql"));
    }

    /**
     * A query in which every {@code type:<id>} in a {@code vct_values} is that type's address.
     *
     * @param typesBase where types are served, such as {@code https://issuer.example}
     */
    public static Map<String, Object> withAddresses(Map<String, Object> dcql, String typesBase) {
        Map<String, Object> out = new LinkedHashMap<>();
        dcql.forEach((name, value) -> out.put(name, replace(value, typesBase, false)));
        return out;
    }

    @SuppressWarnings("NullAway") // a claims path holds nulls (OpenID4VP 1.0 §7)
    private static @Nullable Object replace(@Nullable Object node, String typesBase, boolean vct) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> out = new LinkedHashMap<>();
            map.forEach((name, value) -> out.put((String) name, replace(value, typesBase, "vct_values".equals(name))));
            return out;
        }
        if (node instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            list.forEach(item -> out.add(replace(item, typesBase, vct)));
            return out;
        }
        if (vct && node instanceof String text && text.startsWith(TYPE)) {
            return typesBase + "/types/" + text.substring(TYPE.length());
        }
        return node;
    }
}
