package city.elicence.credentials.catalogue.check;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The electronic certificate identifier of GB/T 36904: {@code 1.2.156.3005.2.} type, issuing body, serial, version and a check
 * character (ISO/IEC 7064 MOD 37,36) over these four without the dots.
 */
public final class ElectronicCertificateId {
    private static final String ROOT = "1.2.156.3005.2.";
    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(ROOT) + "[0-9A-Z]{18}[0-9]{3}\\.[0-9A-Z]{18}\\.[0-9A-Z]{1,40}\\.[0-9]{3}\\.[0-9A-Z]");

    private ElectronicCertificateId() {}

    /** A check character that does not match only warns: some deployed systems compute another. */
    public static Optional<Defect> check(String identifier) {
        if (!FORM.matcher(identifier).matches()) {
            return Defect.of(
                    "e-certificate-id.form",
                    "电子证照标识应为 1.2.156.3005.2.类型.颁发机构.流水号.版本.校验位（GB/T 36904）",
                    "an electronic certificate identifier is 1.2.156.3005.2.type.body.serial.version.check (GB/T 36904)");
        }
        if (checkCharacter(identifier) != identifier.charAt(identifier.length() - 1)) {
            return Defect.warning(
                    "e-certificate-id.check-digit",
                    "电子证照标识末位与 ISO/IEC 7064 MOD 37,36 校验位不符；部分已上线系统算法不同，请人工核对",
                    "the last character is not the ISO/IEC 7064 MOD 37,36 check; some deployed systems compute another,"
                            + " so look at it");
        }
        return Defect.none();
    }

    /** The check character that an identifier of the right form calls for; what stands in its place is not looked at. */
    public static char checkCharacter(String identifier) {
        String parts = identifier.substring(ROOT.length(), identifier.lastIndexOf('.'));
        return Iso7064.mod37Of36(parts.replace(".", ""));
    }
}
