package city.elicence.credentials.catalogue.check;

/** Arithmetic on the characters of a number. */
final class Digits {
    private Digits() {}

    /** The sum of digit times weight, for as many leading digits as there are weights. */
    static int weighted(String digits, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        return sum;
    }

    /** 0 to 9, then A to Z from 10: the values of GB 11714 and ISO/IEC 7064. */
    static int base36(char c) {
        return c <= '9' ? c - '0' : c - 'A' + 10;
    }
}
