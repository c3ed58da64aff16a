package city.elicence.credentials.trust;

/** A party's name in Chinese and in English. */
public record Names(String zh, String en) {
    public Names {
        if (zh.isEmpty() || en.isEmpty() || zh.length() > 200 || en.length() > 200) {
            throw new IllegalArgumentException(
                    "expected a name in Chinese and in English, at most 200 characters each");
        }
    }
}
