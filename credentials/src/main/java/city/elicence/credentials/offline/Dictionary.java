package city.elicence.credentials.offline;

import java.nio.charset.StandardCharsets;

/**
 * The preset dictionary of version 1 (RFC 1951 as used by zlib's deflateSetDictionary): what the template of a presentation
 * is likely to say, the likeliest last. One octet changed here is a new version of the format.
 */
final class Dictionary {
    private static final String TEXT =
            // claim names of the catalogue, as they stand in a disclosure: ["salt","name",
            String.join(
                    "",
                    ",\"scope\",\"capital\",\"established\",\"domicile\",\"legal_representative\",\"company_name\"",
                    ",\"unified_social_credit_code\",\"business_type\",\"approved_on\",\"registration_authority\"",
                    ",\"invoice_code\",\"invoice_number\",\"check_code\",\"total\",\"items\",\"amount\",\"quantity\"",
                    ",\"patient\",\"hospital\",\"department\",\"insurance_type\",\"self_paid\",\"payer\",\"claim_secret\"",
                    ",\"plate_number\",\"vin\",\"engine_number\",\"vehicle_type\",\"owner\",\"inspection_valid_until\"",
                    ",\"file_number\",\"document_number\",\"first_issue_date\",\"vehicle_classes\",\"classes\",\"C1\"",
                    ",\"nationality\",\"ethnicity\",\"address\",\"portrait\",\"sex\",\"male\",\"female\"",
                    ",\"given_name\",\"family_name\",\"name\",\"id_number\",\"birth_date\",\"birthdate\"",
                    ",\"issuing_authority\",\"authority\",\"issue_date\",\"expiry_date\",\"valid_from\",\"valid_until\"",
                    ",\"age_over_60\",true]",
                    ",\"age_over_18\",true]",
                    "公安局交通管理局市场监督管理局民政局北京市朝阳区海淀区",
                    "-01-01\"2030-2029-2028-2027-2026-2025-2010-200-199-198"),
            FRAME = "";

    private Dictionary() {}

    static byte[] octets() {
        return (TEXT + FRAME).getBytes(StandardCharsets.UTF_8);
    }
}
