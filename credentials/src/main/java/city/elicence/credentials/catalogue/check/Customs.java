package city.elicence.credentials.catalogue.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The numbers on customs papers: declarations and commodities. They have no check digit, only parts that must be plausible. */
final class Customs {
    private static final Pattern DECLARATION = Pattern.compile("[0-9]{18}");
    private static final Pattern COMMODITY = Pattern.compile("[0-9]{10}");
    /** The 42 customs districts: 01 Beijing, 02 Tianjin, 04 Shijiazhuang, … 97 Xining. */
    private static final Set<String> DISTRICTS = Collections.unmodifiableSet(new HashSet<>(Arrays.asList(
            ("01 02 04 05 06 07 08 09 15 19 22 23 29 31 33 35 37 40 42 43 46 47 49 51 52 53 57 60 64 67 68 "
                            + "72 79 80 83 86 88 90 94 95 96 97")
                    .split(" "))));

    private Customs() {}

    static Optional<Defect> checkDeclaration(String number) {
        if (!DECLARATION.matcher(number).matches()) {
            return Defect.of("customs-declaration.form", "报关单号应为 18 位数字", "a customs declaration number has 18 digits");
        }
        if (!DISTRICTS.contains(number.substring(0, 2))) {
            return Defect.of(
                    "customs-declaration.district",
                    "报关单号前两位不是海关关区代码",
                    "the first two digits are not a customs district");
        }
        if (!number.startsWith("20", 4)) {
            return Defect.of(
                    "customs-declaration.year", "报关单号第 5 至 8 位不是合理的年份", "digits 5 to 8 are not a plausible year");
        }
        if (number.charAt(8) > '1') {
            return Defect.of(
                    "customs-declaration.direction",
                    "报关单号第 9 位应为 0（出口）或 1（进口）",
                    "digit 9 is neither 0 (export) nor 1 (import)");
        }
        return Defect.none();
    }

    static Optional<Defect> checkCommodity(String code) {
        if (!COMMODITY.matcher(code).matches()) {
            return Defect.of("hs-code.form", "商品编码应为 10 位数字", "a commodity code has 10 digits");
        }
        int chapter = Integer.parseInt(code.substring(0, 2));
        // Chapter 77 is kept free by the Harmonized System for later use.
        if (chapter < 1 || chapter > 97 || chapter == 77) {
            return Defect.of(
                    "hs-code.chapter",
                    "商品编码前两位不是协调制度的章（01 至 97，77 除外）",
                    "the first two digits are not a chapter of the Harmonized System (01 to 97 without 77)");
        }
        return Defect.none();
    }
}
