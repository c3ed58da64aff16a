package city.elicence.company.keep;

/** A company whose wallet this service keeps. */
public record Company(String id, String zh, String en, String unifiedCode) {
    public Company {
        if (!id.matches("[a-z][a-z0-9-]{1,62}")) {
            throw new IllegalArgumentException("a company's id is lower-case letters, digits and hyphens");
        }
        if (zh.isBlank() || en.isBlank() || unifiedCode.length() != 18) {
            throw new IllegalArgumentException("expected a name in Chinese and in English, and a unified code");
        }
    }
}
