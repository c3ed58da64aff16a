package city.elicence.credentials.verify.refusal;

/** The ten checks, in the order in which they are made. The first that fails decides. */
public enum Check {
    FORM("form", "格式与限制", "form and limits"),
    ISSUER_SIGNATURE("issuer-signature", "签发者签名", "issuer signature"),
    ISSUER_ACCREDITED("issuer-accredited", "签发时的签发资格", "issuer accredited for this type when it was issued"),
    VALIDITY_PERIOD("validity-period", "有效期", "validity period"),
    DISCLOSURES("disclosures", "披露内容与签名一致", "disclosed claims bound to the signature"),
    HOLDER_BINDING("holder-binding", "持有者绑定", "holder's key, nonce, audience and age"),
    STATUS("status", "撤销状态", "status list"),
    ANCHOR_RECEIPT("anchor-receipt", "账本存证", "anchor receipt"),
    USE_ONCE("use-once", "一次性使用状态", "use-once state"),
    RELYING_PARTY("relying-party", "查验方的查询权限", "relying party allowed to ask");

    private final String code;
    private final String zh;
    private final String en;

    Check(String code, String zh, String en) {
        this.code = code;
        this.zh = zh;
        this.en = en;
    }

    public String code() {
        return code;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }
}
