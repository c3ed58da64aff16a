package city.elicence.credentials.catalogue;

import java.util.Objects;

/** A text for people, always in both languages. */
public record Label(String zh, String en) {
    public Label {
        if (Objects.requireNonNull(zh, "zh").trim().isEmpty()) {
            throw new IllegalArgumentException("a label has a Chinese text");
        }
        if (Objects.requireNonNull(en, "en").trim().isEmpty()) {
            throw new IllegalArgumentException("a label has an English text");
        }
    }

    /** The text for a language tag: Chinese for {@code zh…}, else English. */
    public String in(String languageTag) {
        return languageTag.startsWith("zh") ? zh : en;
    }
}
