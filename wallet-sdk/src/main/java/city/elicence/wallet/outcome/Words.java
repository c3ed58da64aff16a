package city.elicence.wallet.outcome;

/** The same words in Chinese and in English. */
public record Words(String zh, String en) {
    public static Words same(String text) {
        return new Words(text, text);
    }

    /** By a language tag: Chinese for {@code zh} and its variants, English otherwise. */
    public String in(String languageTag) {
        return languageTag.startsWith("zh") ? zh : en;
    }
}
