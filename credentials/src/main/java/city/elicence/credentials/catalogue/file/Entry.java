package city.elicence.credentials.catalogue.file;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value in a catalogue file that knows where it stands, so that every complaint can say so. */
public final class Entry {
    private static final int MOST_ELEMENTS = 500;
    private static final int LONGEST_TEXT = 4000;
    private static final Pattern PERIOD = Pattern.compile("P([1-9][0-9]?Y|[1-9][0-9]{0,2}M|[1-9][0-9]{0,3}D)");

    private final String file;
    private final String path;
    private final @Nullable Object value;

    private Entry(String file, String path, @Nullable Object value) {
        this.file = file;
        this.path = path;
        this.value = value;
    }

    /** The whole file. */
    public static Entry parse(String file, String text) throws CatalogueException {
        try {
            return new Entry(file, "", Json.parseObject(text));
        } catch (JsonException e) {
            throw new CatalogueException(file, "(top)", String.valueOf(e.getMessage()));
        }
    }

    /** Refuses keys that nobody defined: a misspelt key would otherwise be a rule that silently does not hold. */
    public Entry only(String... keys) throws CatalogueException {
        for (String key : object().keySet()) {
            if (!Arrays.asList(keys).contains(key)) {
                throw expected("no key \"" + key + "\"; the keys here are " + String.join(", ", keys));
            }
        }
        return this;
    }

    public Entry get(String key) throws CatalogueException {
        Optional<Entry> entry = find(key);
        if (!entry.isPresent()) {
            throw expected("a key \"" + key + "\"");
        }
        return entry.get();
    }

    public Optional<Entry> find(String key) throws CatalogueException {
        Map<String, Object> object = object();
        String at = path.isEmpty() ? key : path + "." + key;
        return object.containsKey(key) ? Optional.of(new Entry(file, at, object.get(key))) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // a tree of Json holds only maps with text for keys
    public Map<String, Object> object() throws CatalogueException {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw expected("an object");
    }

    /** The entries of an object whose keys are names chosen by the author. */
    public Map<String, Entry> fields() throws CatalogueException {
        Map<String, Entry> fields = new LinkedHashMap<>();
        for (String key : object().keySet()) {
            fields.put(key, get(key));
        }
        return fields;
    }

    /** The elements of an array of at least one. */
    public List<Entry> elements() throws CatalogueException {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MOST_ELEMENTS) {
            throw expected("an array of 1 to " + MOST_ELEMENTS + " elements");
        }
        List<Entry> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new Entry(file, path + "[" + i + "]", list.get(i)));
        }
        return elements;
    }

    /** The elements under a key, or none where the key is not there. */
    public List<Entry> elements(String key) throws CatalogueException {
        Optional<Entry> array = find(key);
        return array.isPresent() ? array.get().elements() : List.of();
    }

    public String text() throws CatalogueException {
        if (value instanceof String text && !text.trim().isEmpty() && text.length() <= LONGEST_TEXT) {
            return text;
        }
        throw expected("a text of 1 to " + LONGEST_TEXT + " characters");
    }

    public String text(Pattern form, String expected) throws CatalogueException {
        if (value instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        throw expected(expected);
    }

    public long number(long least, long most) throws CatalogueException {
        if (value instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw expected("a whole number from " + least + " to " + most);
    }

    public boolean flag() throws CatalogueException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw expected("true or false");
    }

    /** The flag under a key; false where the key is not there. */
    public boolean flag(String key) throws CatalogueException {
        Optional<Entry> flag = find(key);
        return flag.isPresent() && flag.get().flag();
    }

    /** One of an enum's names, written in lower case with hyphens. */
    public <E extends Enum<E>> E word(Class<E> words) throws CatalogueException {
        List<String> known = new ArrayList<>();
        for (E word : words.getEnumConstants()) {
            String written = word.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (written.equals(value)) {
                return word;
            }
            known.add(written);
        }
        throw expected("one of " + String.join(", ", known));
    }

    public ClaimPath claimPath() throws CatalogueException {
        try {
            return ClaimPath.parse(text());
        } catch (IllegalArgumentException e) {
            throw expected("a claim path such as holder.name or items[*].amount");
        }
    }

    /** A period of years, months or days (ISO 8601), such as {@code P10Y}. */
    public Period period() throws CatalogueException {
        return Period.parse(text(PERIOD, "a period of at most 99 years, such as P10Y, P6M or P30D"));
    }

    /** The complaint that here something else was expected. */
    public CatalogueException expected(String what) {
        return new CatalogueException(file, path.isEmpty() ? "(top)" : path, "expected " + what);
    }
}
