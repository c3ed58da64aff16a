package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers given by registers, in which an area, a year or another number can be recognised. */
final class Registers {
    private static final Pattern MARRIAGE = Pattern.compile("B?[JL][0-9]{6}-(19[5-9][0-9]|20[0-9]{2})-[0-9]{6}");
    private static final Pattern REAL_ESTATE_UNIT =
            Pattern.compile("[0-9]{12}([A-Z]{2}[0-9]{5}|[0-9]{7})([FLQW][0-9]{8}|[0-9]{9})");
    private static final Pattern FISCAL_CODE = Pattern.compile("[0-9]{8}");
    private static final Pattern DISABILITY = Pattern.compile("[0-9]{17}[0-9X][1-7][1-4]");

    private Registers() {}

    static Optional<Defect> checkMarriage(String number) {
        if (!MARRIAGE.matcher(number).matches()) {
            return Defect.of(
                    "marriage-number.form",
                    "婚姻登记证号应为 J（结婚）或 L（离婚），补发为 BJ、BL，后接 6 位登记机关、4 位年份、6 位序号，以连字符分隔",
                    "a marriage registration number is J or L (BJ, BL when re-issued), 6 digits of the authority, the year and 6"
                            + " digits, with hyphens between");
        }
        return area("marriage-number.area", number.substring(number.startsWith("B") ? 2 : 1));
    }

    static Optional<Defect> checkRealEstateUnit(String unit) {
        if (!REAL_ESTATE_UNIT.matcher(unit).matches()) {
            return Defect.of(
                    "real-estate-unit.form",
                    "不动产单元代码应为 28 位：6 位行政区划、6 位地籍区、7 位宗地、9 位定着物",
                    "a real estate unit has 28 characters: 6 area, 6 cadastral district, 7 parcel, 9 fixture");
        }
        return area("real-estate-unit.area", unit);
    }

    static Optional<Defect> checkFiscalCode(String code) {
        if (!FISCAL_CODE.matcher(code).matches()) {
            return Defect.of(
                    "fiscal-invoice-code.form",
                    "财政电子票据代码应为 8 位数字：2 位区划、2 位分类、2 位种类、2 位年份",
                    "a fiscal e-invoice code has 8 digits: 2 region, 2 class, 2 kind, 2 year");
        }
        return area("fiscal-invoice-code.area", code);
    }

    /** The citizen's ID number, then a digit for the kind and one for the degree of the disability. */
    static Optional<Defect> checkDisability(String number) {
        if (!DISABILITY.matcher(number).matches()) {
            return Defect.of(
                    "disability-number.form",
                    "残疾人证号应为 18 位公民身份号码加 1 位残疾类别（1 至 7）和 1 位等级（1 至 4）",
                    "a disability certificate number is the citizen ID number, the kind (1 to 7) and the degree (1 to 4)");
        }
        return CitizenId.check(number.substring(0, 18));
    }

    private static Optional<Defect> area(String code, String digits) {
        return AreaCode.startsKnown(digits)
                ? Defect.none()
                : Defect.of(code, "区划代码前两位不是省级行政区划代码", "the area does not begin with the code of a province");
    }
}
