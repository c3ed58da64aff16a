package city.elicence.credentials.catalogue.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers printed in the standards or in public registers, and for each rule a number that breaks just that rule. */
class KnownNumbersTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "CITIZEN_ID, 11010519491231002X",
        "CITIZEN_ID, 440524188001010014",
        "USCC, 91350100M000100Y43",
        "USCC, 914403001922038216",
        "ORGANISATION_CODE, D2143569X",
        "VIN, 1M8GDM9AXKP042788",
        "VIN, 11111111111111111",
        "CONTAINER, CSQU3054383",
        "AWB, 02012345675",
        "HS_CODE, 8431390000",
        "CUSTOMS_DECLARATION, 010120261000000001",
        "MARRIAGE_NUMBER, J110101-2010-000001",
        "MARRIAGE_NUMBER, BL110101-2010-000001",
        "REAL_ESTATE_UNIT, 110105001001GB00001F00010001",
        "REAL_ESTATE_UNIT, 1101050010010000001000010001",
        "REAL_ESTATE_TITLE, 京(2026)朝不动产权第0000001号",
        "BIRTH_CERTIFICATE, T110000001",
        "PLATE, 京A12345",
        "PLATE, 京AD12345",
        "PLATE, 粤Z1234港",
        "FISCAL_INVOICE_CODE, 11060126",
        "VAT_INVOICE, 25112000000000000001",
        "DECIMAL, 0.5",
        "SECRET_128, AAAAAAAAAAAAAAAAAAAAAA",
        "E_CERTIFICATE_ID, 1.2.156.3005.2.11100000MATE5T0000001.1111019900TE5T11XX.0000000002.001.Q",
    })
    @DisplayName("A good number passes")
    void good(Validator validator, String number) {
        assertEquals(Optional.empty(), validator.check(number).filter(defect -> !defect.warning()));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "CITIZEN_ID, 110105194912310021, citizen-id.check-digit",
        "CITIZEN_ID, 11010519490231002X, citizen-id.birth-date",
        "CITIZEN_ID, 99010519491231002X, citizen-id.area",
        "CITIZEN_ID, 11010519491231002x, citizen-id.form",
        "USCC, 91350100M000100Y44, uscc.check-digit",
        "USCC, 91350100I000100Y43, uscc.form",
        "ORGANISATION_CODE, D21435691, organisation-code.check-digit",
        "VIN, 1M8GDM9A1KP042788, vin.check-digit",
        "VIN, 1M8GDM9AXKP04278O, vin.form",
        "CONTAINER, CSQU3054384, container.check-digit",
        "CONTAINER, CSQA3054383, container.form",
        "AWB, 02012345676, awb.check-digit",
        "HS_CODE, 7731390000, hs-code.chapter",
        "HS_CODE, 9831390000, hs-code.chapter",
        "CUSTOMS_DECLARATION, 030120261000000001, customs-declaration.district",
        "CUSTOMS_DECLARATION, 010119261000000001, customs-declaration.year",
        "CUSTOMS_DECLARATION, 010120262000000001, customs-declaration.direction",
        "MARRIAGE_NUMBER, M110101-2010-000001, marriage-number.form",
        "MARRIAGE_NUMBER, J990101-2010-000001, marriage-number.area",
        "REAL_ESTATE_UNIT, 990105001001GB00001F00010001, real-estate-unit.area",
        "FISCAL_INVOICE_CODE, 99060126, fiscal-invoice-code.area",
        "DISABILITY_NUMBER, 11010519491231002183, disability-number.form",
        "DISABILITY_NUMBER, 11010519491231002143, citizen-id.check-digit",
        "PLATE, 京I12345, plate.form",
        "PLATE, 京A1234O, plate.form",
        "DECIMAL, 01.5, decimal.form",
        "DECIMAL, 1e5, decimal.form",
        "SECRET_128, AAAAAAAAAAAAAAAAAAAAAB, secret-128.form",
        "VAT_INVOICE, 2511200000000000000, vat-invoice.form",
    })
    @DisplayName("A wrong number is refused by the rule that it breaks, and the message does not repeat it")
    void wrong(Validator validator, String number, String code) {
        Defect defect = validator.check(number).orElseThrow();
        assertEquals(code, defect.code());
        assertFalse(defect.zh().contains(number) || defect.en().contains(number));
    }

    @Test
    @DisplayName("GB 32100: the organisation code inside has a check of its own (GB 11714)")
    void organisationInside() {
        // Character 17 made wrong, and the outer check character computed anew so that only the inner rule is broken.
        String broken = "91350100M000100Y5";
        String number = broken + SocialCreditCode.checkCharacter(broken);
        assertEquals(
                "uscc.organisation-code",
                Validator.USCC.check(number).orElseThrow().code());
    }

    @Test
    @DisplayName("GB 32100: a remainder of 0 gives the check character 0, not a 32nd character")
    void outerModulus() {
        int found = 0;
        for (int serial = 0; serial < 1000; serial++) {
            String eight = String.format("MA%06d", serial);
            String body = "91110199" + eight + OrganisationCode.checkCharacter(eight);
            found += SocialCreditCode.checkCharacter(body) == '0' ? 1 : 0;
        }
        assertTrue(found > 10, "some of a thousand codes have a remainder of 0");
    }

    @Test
    @DisplayName("ISO/IEC 7064 MOD 37,36: the check character of the published example (GRid)")
    void iso7064() {
        assertEquals('M', Iso7064.mod37Of36("A12425GABC1234002"));
    }

    @Test
    @DisplayName("GB/T 36904: a check character that differs only warns")
    void warns() {
        String form = "1.2.156.3005.2.11100000MATE5T0000001.1111019900TE5T11XX.0000000002.001.";
        char check = ElectronicCertificateId.checkCharacter(form + "0");
        assertEquals(Optional.empty(), ElectronicCertificateId.check(form + check));
        Defect defect =
                ElectronicCertificateId.check(form + (check == 'A' ? 'B' : 'A')).orElseThrow();
        assertEquals("e-certificate-id.check-digit", defect.code());
        assertTrue(defect.warning());
    }
}
