package city.elicence.credentials.catalogue.check;

/** The hybrid check character system of ISO/IEC 7064 for digits and capital letters. */
public final class Iso7064 {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Iso7064() {}

    /** The MOD 37,36 check character of a text of digits and capital letters. */
    public static char mod37Of36(String text) {
        int product = 36;
        for (int i = 0; i < text.length(); i++) {
            int sum = (product + Digits.base36(text.charAt(i))) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }
        return ALPHABET.charAt((37 - product) % 36);
    }
}
