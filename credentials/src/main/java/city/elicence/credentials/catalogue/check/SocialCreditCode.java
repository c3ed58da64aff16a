package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The unified social credit code of GB 32100: 1 authority, 1 kind, 6 area, the 9 characters of the organisation code (which
 * has a check character of its own, GB 11714), 1 check character.
 */
public final class SocialCreditCode {
    /** Without I, O, S, V and Z, which are mistaken for digits. */
    static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{2}[0-9]{6}[" + ALPHABET + "]{10}");

    private SocialCreditCode() {}

    public static Optional<Defect> check(String code) {
        if (!FORM.matcher(code).matches()) {
            return Defect.of(
                    "uscc.form",
                    "统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z），第 3 至 8 位为行政区划（GB 32100）",
                    "a unified social credit code has 18 digits or capital letters without I, O, S, V, Z; characters 3 to 8"
                            + " are digits (GB 32100)");
        }
        if (checkCharacter(code) != code.charAt(17)) {
            return Defect.of(
                    "uscc.check-digit",
                    "统一社会信用代码末位与 GB 32100 的加权模 31 校验码不符",
                    "the last character is not the check digit of GB 32100 (weighted sum mod 31)");
        }
        if (OrganisationCode.checkCharacter(code.substring(8)) != code.charAt(16)) {
            return Defect.of(
                    "uscc.organisation-code",
                    "统一社会信用代码第 17 位与其中组织机构代码的 GB 11714 校验码不符",
                    "character 17 is not the check digit of the organisation code inside (GB 11714, weighted sum mod 11)");
        }
        return Defect.none();
    }

    /** The check character that the first 17 characters call for. */
    public static char checkCharacter(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        // The outer mod makes a difference of 31 the character 0.
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
