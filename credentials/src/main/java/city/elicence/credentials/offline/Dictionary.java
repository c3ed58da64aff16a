package city.elicence.credentials.offline;

import java.nio.charset.StandardCharsets;

/**
 * The preset dictionary of version 1 (zlib's deflateSetDictionary): what the template of a presentation is likely to say,
 * the likeliest last. One octet changed here is a new version of the format.
 */
final class Dictionary {
    /** The catalogue's claim names; each becomes {@code ,"name"}, as it stands in a disclosure. */
    private static final String NAMES = String.join(
            "",
            "accepted advance_number advanced_on amount_over_1_million amount_without_tax annual_rate ",
            "buyer_unified_code confirmation_number confirmed_count confirmed_on confirmed_over_10_million ",
            "confirmed_over_1_million confirmed_total deliver_by delivered_on disputed due_on financier_name ",
            "financier_unified_code kept_back log_root note_number outstanding_count outstanding_total ",
            "overdue_count overdue_total paid_count paid_total payment_days period_from period_until ",
            "receivable received_by supplier_name supplier_unified_code tax accepted_on application_number ",
            "buyer_id_number buyer_name consent_number consents debtor_id_number debtor_name floor_area_cm2 ",
            "lender_name lender_unified_code location mortgage_number owners ownership owns_residence ",
            "performance_until price rank rank_secret right_type secured secured_over_1_million ",
            "seller_id_number seller_married seller_name signed_on spouse_consent_number spouse_id_number ",
            "spouse_name title_number unit_code agent_name awb carrier consignee consignor container ",
            "contract_number declaration_number declaration_state declared_on departure destination ",
            "destination_country direction export_value exporter_name exporter_unified_code findings flight ",
            "flight_date freight goods gross_weight_grams has_passed hs_code inspected_at is_released lines ",
            "manifest_number outcome paid pieces rate_percent refund refund_number release_number released_at ",
            "result_number shipments state_at total_value trade_terms value version_number admitted_on amount ",
            "anonymous charity_name charity_unified_code check_code claim_secret code department ",
            "discharged_on donation_kind donor_id_number donor_name hospital_name hospital_unified_code ",
            "insurance_type invoice_code invoice_number other_payment own_cash patient_name patient_number ",
            "patient_paid payer_name personal_account pooled_fund pupil_id_number pupil_name purpose quantity ",
            "red_letter reverses_invoice school_name school_unified_code self_borne self_paid student_number ",
            "supervising_area term total total_over_1000 unit visit_type account_kind approved_on ",
            "bank_unified_code beds beneficial_owners business_form capital_over_10_million ",
            "capital_over_1_million checked_on checks company_name company_type copy copy_number credit_good ",
            "credit_grade currency departments domicile employee_id_number employee_name established_on ",
            "established_over_2_years grade graded_year granted_on industry items legal_representative ",
            "legal_representative_id_number licence_number limit liquidator liquidator_id_number low_risk ",
            "mandate_number may_delegate may_open_account may_serve_raw_food notice_number owes_tax ",
            "owner_count paid_in_capital person_in_charge position powers premises profit reason ",
            "registered_capital registration_number risk_class sanctions_checked scope share_percent ",
            "taxpayer_kind term_from term_until tertiary unified_code age_over_16 age_over_60 age_over_65 ",
            "age_over_70 age_over_80 bank_account bank_name birth_place born_at card_number cause ",
            "certificate_number child_name deceased_id_number deceased_name degree died_on disability_number ",
            "e_certificate_id engine_number ethnicity examined_on family_name father file_number generated_at ",
            "gestation_weeks given_name guardian_name has_disability has_medical_insurance holder ",
            "inspection_valid_until insurance_types insured_in is_married issued_on joint_photo kin_id_number ",
            "kin_name kin_relation kind length_cm licence_state may_drive_car model mother nationality owner ",
            "owner_id_number passed permit_number place plate points portrait registered_address ",
            "registered_on registrar remarks residence_address review_by severe spouse stage subject trade ",
            "use vehicle_type vin weight_grams work_category work_item issuing_authority valid_from ",
            "valid_until first_issued address birth_date sex id_number classes name age_over_18");

    private static final String VALUES = String.join(
            "",
            "\"男\"女\"male\"female\"汉族\"中国\"CN\"北京市西城区东城区丰台区海淀区朝阳区路号院楼单元室公安局公安交通管理局",
            "市场监督管理局民政局卫生健康委员会人力资源和社会保障局有限公司医院",
            "-12-31\"-06-30\"-01-01\"2036-2035-2034-2033-2032-2031-2030-2029-2028-2027-2026-2025-2024-2020-201-200-199-198",
            "\",false]\",true]");

    /** The template of a licence, with the marks where they stand. */
    private static final String LICENCE = String.join(
            "",
            "\u0001{\"alg\":\"ES256\",\"typ\":\"dc+sd-jwt\",\"x5c\":[\u0006]}\u0002.",
            "\u0001{\"iss\":\"https://market-regulator\"civil-affairs\"public-security-bureau\"",
            "http://127.0.0.1:8301/traffic-police\",\"iat\":179,\"exp\":182,\"nbf\":179",
            ",\"vct\":\"http://127.0.0.1:8301/types/business-licence\"resident-id-card\"driving-licence\"",
            ",\"status\":{\"status_list\":{\"idx\":1,\"uri\":\"https:///status/1\"}}",
            ",\"cnf\":{\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\u0004,\"y\":\u000c}},\"issuing_authority\":\"北京市",
            "\",\"_sd\":[\u0004,\u0004,\u0004,\u0004,\u0004,\u0007 ,\u0004,\u0007!,\u0004,\u0007\",\u0004,\u0004]",
            ",\"_sd_alg\":\"sha-256\"}\u0002.\u0005~",
            "\u0001[\u0003,\"name\",\"",
            "\"]\u0002~\u0001[\u0003,\"",
            "\"]\u0002~\u0001{\"alg\":\"ES256\",\"typ\":\"kb+jwt\"}\u0002.",
            "\u0001{\"exp\":179",
            ",\"anchor_receipt\":{\"v\":1,\"log\":\"did:indy:beijing:",
            "\",\"index\":1,\"size\":1",
            ",\"root\":\u000b,\"salt\":\u0003,\"path\":[\u0004,\u0004,\u0004,\u0004,\u0004,\u0004]}",
            ",\"iat\":179",
            ",\"aud\":\"urn:elicence:offline\",\"nonce\":\u0003,\"sd_hash\":\u0008}\u0002.\u0005");

    private static final byte[] OCTETS =
            (",\"" + NAMES.replace(" ", "\",\"") + "\",\"" + VALUES + LICENCE).getBytes(StandardCharsets.UTF_8);

    private Dictionary() {}

    /** The dictionary itself, not a copy: zlib only reads it. */
    static byte[] octets() {
        return OCTETS;
    }
}
