package city.elicence.credentials.catalogue.check;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The checks on texts that a type's file can name. A type needs code only where it brings a number of a new standard. */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing that changes
public enum Validator {
    CITIZEN_ID(CitizenId::check),
    USCC(SocialCreditCode::check),
    ORGANISATION_CODE(OrganisationCode::check),
    VIN(Vin::check),
    CONTAINER(ContainerNumber::check),
    AWB(AirWaybill::check),
    HS_CODE(Customs::checkCommodity),
    CUSTOMS_DECLARATION(Customs::checkDeclaration),
    E_CERTIFICATE_ID(ElectronicCertificateId::check),
    MARRIAGE_NUMBER(Registers::checkMarriage),
    REAL_ESTATE_UNIT(Registers::checkRealEstateUnit),
    FISCAL_INVOICE_CODE(Registers::checkFiscalCode),
    DISABILITY_NUMBER(Registers::checkDisability),
    FISCAL_INVOICE_NUMBER("[0-9]{10}", "票据号码应为 10 位数字", "a fiscal e-invoice number has 10 digits"),
    FISCAL_CHECK_CODE("[0-9A-Za-z]{6}", "票据校验码应为 6 位", "a fiscal e-invoice check code has 6 characters"),
    VAT_INVOICE("[0-9]{20}", "数电发票号码应为 20 位数字", "a VAT e-invoice number has 20 digits"),
    REAL_ESTATE_TITLE(
            "[\\u4e00-\\u9fff]\\((19|20)[0-9]{2}\\)[\\u4e00-\\u9fff]{1,6}不动产(权|证明)第[0-9]{7}号",
            "不动产权证号应形如“京(2026)朝不动产权第0000001号”", "a real estate title number is like 京(2026)朝不动产权第0000001号"),
    BIRTH_CERTIFICATE(
            "[A-Z][0-9]{9}", "出生医学证明编号应为 1 位字母加 9 位数字", "a birth certificate number is a letter and 9 digits"),
    PLATE(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
                    + "([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])",
            "号牌号码应为省份简称、发牌机关字母和 5 位序号（新能源 6 位），不含字母 I、O",
            "a plate has the province's character, a letter and 5 characters (6 for new energy), without I and O"),
    DRIVING_FILE("[0-9]{12}", "驾驶证档案编号应为 12 位数字", "a driving licence file number has 12 digits"),
    TEACHER_NUMBER("[0-9]{17}", "教师资格证书号码应为 17 位数字", "a teacher qualification number has 17 digits"),
    FOOD_LICENCE("JY[0-9]{14}", "食品经营许可证编号应为 JY 加 14 位数字", "a food operation licence number is JY and 14 digits"),
    MEDICAL_INSTITUTION("[0-9A-Z]{22}", "医疗机构登记号应为 22 位数字或大写字母", "a medical institution number has 22 characters"),
    FLIGHT(
            "[0-9A-Z]{2}[0-9]{3,4}",
            "航班号应为 2 位航空公司代码加 3 至 4 位数字", "a flight is 2 characters of the airline and 3 or 4 digits"),
    AIRPORT("[A-Z]{3}", "机场应为 3 位 IATA 代码", "an airport is its 3 letter IATA code"),
    BANK_ACCOUNT("[0-9]{8,30}", "银行账号应为 8 至 30 位数字", "a bank account has 8 to 30 digits"),
    CURRENCY("[A-Z]{3}", "币种应为 3 位 ISO 4217 代码", "a currency is its 3 letter ISO 4217 code"),
    COUNTRY("[A-Z]{2}", "国家应为 2 位 ISO 3166 代码", "a country is its 2 letter ISO 3166 code"),
    DECIMAL(
            "(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?",
            "应为不带符号的十进制数，至多 6 位小数",
            "expected a decimal number with at most 6 places"),
    YEAR_MONTH("(19|20)[0-9]{2}-(0[1-9]|1[0-2])", "应为年月，如 2026-11", "expected a month such as 2026-11"),
    REGISTER_NUMBER(
            "[0-9A-Z][0-9A-Z/-]{3,39}",
            "编号应为 4 至 40 位数字、大写字母、斜线或连字符",
            "expected 4 to 40 digits, capital letters, slashes or hyphens"),
    LATIN_NAME("[A-Z][A-Z '-]{0,149}", "应为大写拉丁字母", "expected capital Latin letters"),
    /** 128 bits in base64url, made at issue: the secret of a use-once claim. The last character carries two bits. */
    SECRET_128("[A-Za-z0-9_-]{21}[AQgw]", "应为 128 位随机数的 base64url", "expected 128 random bits in base64url");

    private final Function<String, Optional<Defect>> check;

    Validator(Function<String, Optional<Defect>> check) {
        this.check = check;
    }

    Validator(String form, String zh, String en) {
        Pattern pattern = Pattern.compile(form);
        Optional<Defect> wrong = Defect.of(id() + ".form", zh, en);
        this.check = text -> pattern.matcher(text).matches() ? Defect.none() : wrong;
    }

    /** What is wrong with the text; empty when nothing is. */
    public Optional<Defect> check(String text) {
        return check.apply(text);
    }

    /** The name in type files, such as {@code citizen-id}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return id();
    }
}
