package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/** The air waybill number of IATA Resolution 600a: 3 digits of the airline, 7 of the serial number, 1 check digit. */
public final class AirWaybill {
    private static final Pattern FORM = Pattern.compile("[0-9]{11}");

    private AirWaybill() {}

    public static Optional<Defect> check(String number) {
        if (!FORM.matcher(number).matches()) {
            return Defect.of("awb.form", "航空运单号应为 11 位数字", "an air waybill number has 11 digits");
        }
        if (checkDigit(number) != number.charAt(10)) {
            return Defect.of(
                    "awb.check-digit",
                    "航空运单号末位不是 7 位序号模 7 的余数",
                    "the last digit is not the serial number's remainder mod 7");
        }
        return Defect.none();
    }

    /** The check digit that the first 10 digits call for. */
    public static char checkDigit(String number) {
        return (char) ('0' + Integer.parseInt(number.substring(3, 10)) % 7);
    }
}
