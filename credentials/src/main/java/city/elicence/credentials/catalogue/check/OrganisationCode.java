package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/** The organisation code of GB 11714: 8 digits or capital letters and a check character. */
public final class OrganisationCode {
    private static final Pattern FORM = Pattern.compile("[0-9A-Z]{8}[0-9X]");
    private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private OrganisationCode() {}

    public static Optional<Defect> check(String code) {
        if (!FORM.matcher(code).matches()) {
            return Defect.of(
                    "organisation-code.form",
                    "组织机构代码应为 8 位数字或大写字母加 1 位校验码（GB 11714）",
                    "an organisation code has 8 digits or capital letters and a check character (GB 11714)");
        }
        if (checkCharacter(code) != code.charAt(8)) {
            return Defect.of(
                    "organisation-code.check-digit",
                    "组织机构代码末位与 GB 11714 的加权模 11 校验码不符",
                    "the organisation code's last character is not the check digit of GB 11714 (weighted sum mod 11)");
        }
        return Defect.none();
    }

    /** The check character that the first 8 characters call for: 11 minus the sum mod 11, with 10 as X and 11 as 0. */
    public static char checkCharacter(String code) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += Digits.base36(code.charAt(i)) * WEIGHTS[i];
        }
        int check = 11 - sum % 11;
        return check == 10 ? 'X' : (char) ('0' + check % 11);
    }
}
