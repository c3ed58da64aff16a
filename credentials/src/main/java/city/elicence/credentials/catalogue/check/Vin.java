package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/** The vehicle identification number of ISO 3779 and GB 16735: 17 characters, the ninth a check digit. */
public final class Vin {
    private static final Pattern FORM = Pattern.compile("[0-9A-HJ-NPR-Z]{17}");
    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    /** The values of A to Z; I, O and Q do not occur. */
    private static final String LETTER_VALUES = "12345678.12345.7.923456789";

    private Vin() {}

    public static Optional<Defect> check(String vin) {
        if (!FORM.matcher(vin).matches()) {
            return Defect.of(
                    "vin.form",
                    "车辆识别代号应为 17 位数字或大写字母，不含 I、O、Q（GB 16735）",
                    "a VIN has 17 digits or capital letters without I, O, Q (ISO 3779, GB 16735)");
        }
        if (checkCharacter(vin) != vin.charAt(8)) {
            return Defect.of(
                    "vin.check-digit",
                    "车辆识别代号第 9 位与 GB 16735 的加权模 11 检验位不符",
                    "character 9 is not the check digit of GB 16735 (weighted sum mod 11)");
        }
        return Defect.none();
    }

    /** The ninth character that the other sixteen call for. */
    public static char checkCharacter(String vin) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            char c = vin.charAt(i);
            char digit = c <= '9' ? c : LETTER_VALUES.charAt(c - 'A');
            sum += (digit - '0') * WEIGHTS[i];
        }
        return sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
    }
}
