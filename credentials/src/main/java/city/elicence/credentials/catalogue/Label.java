package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;

/** A text for people, always in both languages. */
public record Label(String zh, String en) {
    public Label {
        if (zh.trim().isEmpty() || en.trim().isEmpty()) {
            throw new IllegalArgumentException("a label has a Chinese and an English text");
        }
    }

    static Label read(Entry entry) throws CatalogueException {
        entry.only("zh", "en");
        return new Label(entry.get("zh").text(), entry.get("en").text());
    }

    /** The text for a language tag: Chinese for {@code zh…}, else English. */
    public String in(String languageTag) {
        return languageTag.startsWith("zh") ? zh : en;
    }
}
