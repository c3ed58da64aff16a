package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/** The freight container number of ISO 6346: 3 letters of the owner, U, J or Z, 6 digits, 1 check digit. */
public final class ContainerNumber {
    private static final Pattern FORM = Pattern.compile("[A-Z]{3}[UJZ][0-9]{7}");

    private ContainerNumber() {}

    public static Optional<Defect> check(String number) {
        if (!FORM.matcher(number).matches()) {
            return Defect.of(
                    "container.form",
                    "集装箱号应为 3 位箱主字母、U/J/Z 之一、7 位数字（ISO 6346）",
                    "a container number has 3 letters of the owner, one of U, J, Z, and 7 digits (ISO 6346)");
        }
        if (checkDigit(number) != number.charAt(10)) {
            return Defect.of(
                    "container.check-digit",
                    "集装箱号末位与 ISO 6346 的校验码（加权和模 11 再模 10）不符",
                    "the last digit is not the check digit of ISO 6346 (weighted sum mod 11, then mod 10)");
        }
        return Defect.none();
    }

    /** The check digit that the first 10 characters call for. */
    public static char checkDigit(String number) {
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += value(number.charAt(i)) << i;
        }
        return (char) ('0' + sum % 11 % 10);
    }

    /** Letters count from 10 and skip the multiples of 11. */
    private static int value(char c) {
        if (c <= '9') {
            return c - '0';
        }
        int fromTen = c - 'A' + 10;
        return fromTen + (fromTen + 9) / 10 - 1;
    }
}
