package city.elicence.credentials.offline;

import java.nio.charset.StandardCharsets;

/**
 * The preset dictionary of version 1 (RFC 1951 as used by zlib's deflateSetDictionary): what the template of a presentation
 * is likely to say, the likeliest last. One octet changed here is a new version of the format.
 */
final class Dictionary {
    private static final String WORDS =
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
                    "-01-01\"2030-2029-2028-2027-2026-2025-2010-200-199-198");

    /** The template of a licence, with the marks where they stand. */
    private static final String LICENCE = String.join(
            "",
            "\u0001{\"alg\":\"ES256\",\"typ\":\"dc+sd-jwt\",\"x5c\":[\u0006]}\u0002.",
            "\u0001{\"iss\":\"http://127.0.0.1:8301/\",\"iss\":\"https://licence.beijing.gov.cn/traffic-police\"",
            ",\"vct\":\"https://types/resident-id-card,\"iat\":179,\"nbf\":179,\"exp\":182",
            ",\"cnf\":{\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\u0004,\"y\":\u000c}}",
            ",\"status\":{\"status_list\":{\"idx\":,\"uri\":\"https:///status/1\"}}",
            ",\"_sd\":[\u0007 ,\u0004,\u0007!,\u0004,\u0007\",\u0004,\u0004,\u0004]",
            ",\"_sd_alg\":\"sha-256\"}\u0002.\u0005~",
            "\u0001[\u0003,\"name\",\"",
            "\"]\u0002~\u0001[\u0003,\"",
            "\"]\u0002~\u0001{\"alg\":\"ES256\",\"typ\":\"kb+jwt\"}\u0002.",
            "\u0001{\"exp\":179",
            ",\"anchor_receipt\":{\"v\":1,\"log\":\"did:indy:beijing:",
            "\",\"index\":,\"size\":1",
            ",\"root\":\u000b,\"salt\":\u0003,\"path\":[\u0004,\u0004,\u0004,\u0004,\u0004]}",
            ",\"iat\":179",
            ",\"aud\":\"urn:elicence:offline\",\"nonce\":\u0003,\"sd_hash\":\u0008}\u0002.\u0005");

    private Dictionary() {}

    static byte[] octets() {
        return (WORDS + LICENCE).getBytes(StandardCharsets.UTF_8);
    }
}
