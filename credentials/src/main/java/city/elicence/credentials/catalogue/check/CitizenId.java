package city.elicence.credentials.catalogue.check;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** The citizen identification number of GB 11643: 6 area, 8 birth date, 3 sequence, 1 check character. */
public final class CitizenId {
    private static final Pattern FORM = Pattern.compile("[0-9]{17}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    private CitizenId() {}

    public static Optional<Defect> check(String number) {
        if (!FORM.matcher(number).matches()) {
            return Defect.of(
                    "citizen-id.form",
                    "公民身份号码应为 17 位数字加 1 位数字或大写 X（GB 11643）",
                    "a citizen ID number has 17 digits and then a digit or X (GB 11643)");
        }
        if (!AreaCode.startsKnown(number)) {
            return Defect.of(
                    "citizen-id.area",
                    "公民身份号码前两位不是省级行政区划代码",
                    "the first two digits are not the code of a province (GB 11643)");
        }
        if (!birthDate(number).isPresent()) {
            return Defect.of(
                    "citizen-id.birth-date",
                    "公民身份号码第 7 至 14 位不是存在的日期",
                    "digits 7 to 14 are not a date that exists (GB 11643)");
        }
        if (checkCharacter(number) != number.charAt(17)) {
            return Defect.of(
                    "citizen-id.check-digit",
                    "公民身份号码末位与 GB 11643 的加权模 11 校验码不符",
                    "the last character is not the check digit of GB 11643 (weighted sum mod 11)");
        }
        return Defect.none();
    }

    /** The check character that the first 17 digits call for. */
    public static char checkCharacter(String number) {
        return CHECK.charAt(Digits.weighted(number, WEIGHTS) % 11);
    }

    /** The birth date in a number of the right form; empty where there is no such day. */
    public static Optional<LocalDate> birthDate(String number) {
        if (!FORM.matcher(number).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(number.substring(6, 10)),
                    Integer.parseInt(number.substring(10, 12)),
                    Integer.parseInt(number.substring(12, 14))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether the sequence number is odd, which stands for male; for a number of the right form. */
    public static boolean isMale(String number) {
        return (number.charAt(16) - '0') % 2 == 1;
    }
}
