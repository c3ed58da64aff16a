package city.elicence.credentials.verify.refusal;

import java.util.Locale;

/**
 * Every reason for which a presentation or a request is refused: the one table for wallet, verifier, issuer and documents. The code
 * is stable; sentence and next step are for people, in Chinese and English.
 */
public enum Refusal {
    TOO_LARGE(
            Check.FORM,
            "出示的内容过大。",
            "What was shown is larger than allowed.",
            "请只出示所需的证照。",
            "Show only the licence that is asked for."),
    MALFORMED(
            Check.FORM,
            "出示的内容不是有效的电子证照。",
            "What was shown is not an electronic licence.",
            "请重新扫描，或使用本市电子证照应用出示。",
            "Scan again, or show it with a wallet that supports the city's licences."),
    TYPE_NOT_ASKED_FOR(
            Check.FORM,
            "出示的不是所要求的证照类型。",
            "This is not the type of licence that was asked for.",
            "请出示所要求的证照。",
            "Show a licence of the type that was asked for."),
    ALGORITHM_NOT_TAKEN(
            Check.ISSUER_SIGNATURE,
            "此处不接受证照所用的签名算法。",
            "The licence is signed by an algorithm that is not accepted here.",
            "请持有人出示以此处接受的算法签发的证照。",
            "Show a licence that is signed by an algorithm that is accepted here."),
    ISSUER_CERTIFICATE_MISSING(
            Check.ISSUER_SIGNATURE,
            "证照未附签发机关的证书。",
            "The licence does not carry its issuer's certificate.",
            "请向签发机关重新领取证照。",
            "Ask the issuing authority to issue the licence again."),
    ISSUER_SIGNATURE_INVALID(
            Check.ISSUER_SIGNATURE,
            "签发机关的签名无效，证照可能被篡改。",
            "The issuer's signature is not valid: the licence may have been altered.",
            "不要接受此证照；请持有人重新领取。",
            "Do not accept it; ask the holder to obtain it again."),
    DOCUMENT_TYPE_NOT_SIGNED(
            Check.ISSUER_SIGNATURE, "类型与所签不符。", "Not of the type that was signed.", "不要接受。", "Do not accept it."),
    ISSUER_UNKNOWN(
            Check.ISSUER_ACCREDITED,
            "签发者未在账本上登记为可信机关。",
            "The issuer is not accredited on the ledger.",
            "请确认签发机关，并请其向主管部门登记。",
            "Find out who issued it; it must be accredited by the authority."),
    ISSUER_CHAIN_UNTRUSTED(
            Check.ISSUER_ACCREDITED,
            "签名证书不属于账本上登记的该签发机关。",
            "The signing certificate does not belong to the issuer that it names, as the ledger knows it.",
            "不要接受此证照；请向所称的签发机关核实。",
            "Do not accept it; ask the authority that it names."),
    TYPE_UNKNOWN(
            Check.ISSUER_ACCREDITED,
            "账本上没有登记此证照类型。",
            "This type of licence is not registered on the ledger.",
            "请更新查验端的信任数据后重试。",
            "Update the verifier's trust data and try again."),
    ISSUER_NOT_ACCREDITED_FOR_TYPE(
            Check.ISSUER_ACCREDITED,
            "该机关无权签发此类证照。",
            "This issuer is not accredited to issue this type of licence.",
            "请向有权签发此类证照的机关领取。",
            "Obtain the licence from an authority that may issue it."),
    ISSUER_NOT_ACCREDITED_THEN(
            Check.ISSUER_ACCREDITED,
            "该机关在签发之时没有签发资格。",
            "The issuer was not accredited at the time of issue.",
            "请向签发机关重新领取证照。",
            "Ask the issuing authority to issue the licence again."),
    ISSUER_FROZEN(
            Check.ISSUER_ACCREDITED,
            "该机关的资格在签发之时已被冻结。",
            "The issuer's accreditation was frozen at the time of issue.",
            "请联系主管部门。",
            "Contact the supervising authority."),
    ISSUED_IN_FUTURE(
            Check.VALIDITY_PERIOD,
            "证照的签发时间在将来。",
            "The licence says it was issued in the future.",
            "请检查查验设备的时钟。",
            "Check the clock of the verifying device."),
    NOT_YET_VALID(
            Check.VALIDITY_PERIOD,
            "证照尚未生效。",
            "The licence is not valid yet.",
            "请在生效日期之后再出示。",
            "Show it again after its first day of validity."),
    EXPIRED(
            Check.VALIDITY_PERIOD,
            "证照已过有效期。",
            "The licence has expired.",
            "请向签发机关申请换领。",
            "Ask the issuing authority for a renewal."),
    DISCLOSURE_MALFORMED(
            Check.DISCLOSURES,
            "披露的内容格式不正确。",
            "A disclosed claim is not of the form that the standard demands.",
            "请重新出示。",
            "Show it again."),
    DISCLOSURE_NOT_SIGNED(
            Check.DISCLOSURES,
            "披露的内容未经签发机关签名，可能被篡改或来自另一证照。",
            "A disclosed claim was not signed by the issuer: altered, or taken from another licence.",
            "不要接受此证照。",
            "Do not accept it."),
    PROTECTED_CLAIM_DISCLOSED(
            Check.DISCLOSURES,
            "必须公开的字段被放在了披露内容中。",
            "A claim that nobody may withhold was found in a disclosure.",
            "请签发机关按标准重新签发。",
            "The issuer must issue the licence again by the standard."),
    HOLDER_KEY_MISSING(
            Check.HOLDER_BINDING,
            "证照未绑定持有人的密钥。",
            "The licence is not bound to a holder's key.",
            "请向签发机关领取绑定手机的证照。",
            "Obtain a licence that is bound to the phone."),
    KEY_BINDING_MISSING(
            Check.HOLDER_BINDING,
            "出示内容没有持有人的签名。",
            "The holder did not sign what was shown.",
            "请持有人用其电子证照应用出示，不要使用截图或副本。",
            "The holder must show it from the wallet, not as a copy."),
    KEY_BINDING_UNEXPECTED(
            Check.HOLDER_BINDING,
            "签发机关发来的证照不应带有持有人签名。",
            "A licence that comes from its issuer must not carry a holder's signature.",
            "请向签发机关重新领取证照。",
            "Ask the issuing authority to issue the licence again."),
    KEY_BINDING_MALFORMED(
            Check.HOLDER_BINDING,
            "持有人签名的格式不正确。",
            "The holder's signature is not of the form that the standard demands.",
            "请更新电子证照应用后重新出示。",
            "Update the wallet and show it again."),
    NOT_THE_HOLDER(
            Check.HOLDER_BINDING,
            "出示者不是证照的持有人。",
            "Who shows the licence is not its holder.",
            "证照只能由其持有人的手机出示。",
            "A licence can be shown only from its holder's phone."),
    PRESENTATION_ALTERED(
            Check.HOLDER_BINDING,
            "出示内容在持有人签名之后被改动。",
            "What was shown was changed after the holder signed it.",
            "请持有人重新出示。",
            "Ask the holder to show it again."),
    WRONG_AUDIENCE(
            Check.HOLDER_BINDING,
            "此次出示是给另一查验方的。",
            "This was shown to another verifier.",
            "请持有人直接向您出示。",
            "Ask the holder to show it to you."),
    WRONG_NONCE(
            Check.HOLDER_BINDING,
            "出示内容不是对本次请求的答复。",
            "This does not answer the present request.",
            "请重新发起查验。",
            "Start the check again."),
    KEY_BINDING_TOO_OLD(
            Check.HOLDER_BINDING,
            "出示的二维码已过期。",
            "What was shown is too old.",
            "请持有人刷新二维码后重新出示。",
            "Ask the holder to refresh the code."),
    KEY_BINDING_FROM_FUTURE(
            Check.HOLDER_BINDING,
            "出示时间在将来。",
            "What was shown says it was signed in the future.",
            "请检查双方设备的时钟。",
            "Check the clocks of both devices."),
    REPLAYED(
            Check.HOLDER_BINDING,
            "此出示内容已使用过。",
            "This very presentation was seen before.",
            "请持有人刷新二维码后重新出示。",
            "Ask the holder to refresh the code."),
    DEVICE_NOT_AUTHENTICATED(
            Check.HOLDER_BINDING,
            "持有人手机的密钥未能证明本次会话：可能是另一部手机，或是给另一查验方、另一请求的出示。",
            "The key of the holder's phone did not prove this session: another phone, or an answer to another verifier or request.",
            "请持有人用自己的手机直接向您重新出示。",
            "Ask the holder to show it to you again, from the phone that it was issued to."),
    REVOKED(
            Check.STATUS,
            "证照已被签发机关吊销。",
            "The licence was revoked by its issuer.",
            "请联系签发机关。",
            "Contact the issuing authority."),
    SUSPENDED(
            Check.STATUS,
            "证照已被签发机关暂停使用。",
            "The licence is suspended by its issuer.",
            "请联系签发机关。",
            "Contact the issuing authority."),
    STATUS_NOT_VALID(
            Check.STATUS,
            "签发机关将证照标记为无效。",
            "The issuer marks the licence as not valid.",
            "请联系签发机关。",
            "Contact the issuing authority."),
    STATUS_REFERENCE_MALFORMED(
            Check.STATUS,
            "证照的状态索引不正确。",
            "The licence's status reference is not of the form that the standard demands, or leads nowhere.",
            "请签发机关重新签发。",
            "The issuer must issue the licence again."),
    STATUS_UNAVAILABLE(
            Check.STATUS,
            "无法取得证照的撤销状态。",
            "The status of the licence is not known here.",
            "请连接网络后重试。",
            "Connect to the network and try again."),
    STATUS_TOO_OLD(
            Check.STATUS,
            "已知的撤销状态过旧。",
            "What is known of the licence's status is too old.",
            "请连接网络更新后重试。",
            "Connect to the network to refresh it, and try again."),
    STATUS_NOT_THE_ISSUERS(
            Check.STATUS,
            "状态列表不是由该签发机关签署的。",
            "The status list is not signed by the licence's issuer.",
            "不要接受此证照；请联系签发机关。",
            "Do not accept it; contact the issuing authority."),
    STATUS_ROLLED_BACK(
            Check.STATUS,
            "状态列表比账本上存证的版本更旧。",
            "The status list is older than the version that the ledger witnesses.",
            "请刷新后重试；若仍如此，请报告主管部门。",
            "Refresh and try again; if it stays so, report it to the authority."),
    STATUS_TOKEN_INVALID(
            Check.STATUS,
            "状态列表的签名或内容无效。",
            "The status list's token is not valid.",
            "请稍后重试；若仍如此，请联系签发机关。",
            "Try again later; if it stays so, contact the issuing authority."),
    RECEIPT_MISSING(
            Check.ANCHOR_RECEIPT,
            "没有账本存证收据。",
            "There is no receipt that the licence was anchored on the ledger.",
            "请持有人联网更新证照后重新出示。",
            "The holder's wallet must fetch the receipt; then show it again."),
    RECEIPT_INVALID(
            Check.ANCHOR_RECEIPT,
            "账本存证收据与此证照不符。",
            "The anchor receipt does not prove this licence.",
            "不要接受此证照；请向签发机关核实。",
            "Do not accept it; ask the issuing authority."),
    RECEIPT_HEAD_UNKNOWN(
            Check.ANCHOR_RECEIPT,
            "查验端尚不知道收据所引用的账本记录。",
            "The ledger record that the receipt refers to is not known here.",
            "请更新查验端的信任数据后重试。",
            "Update the verifier's trust data and try again."),
    RECEIPT_CONTRADICTS_LEDGER(
            Check.ANCHOR_RECEIPT,
            "收据与账本记录不一致。",
            "The receipt contradicts what the ledger says.",
            "不要接受此证照，并报告主管部门。",
            "Do not accept it, and report it to the authority."),
    NOT_PROVEN_IN_TIME(
            Check.ANCHOR_RECEIPT,
            "签发机关的资格已终止，且无法证明证照是在此之前签发的。",
            "The issuer's accreditation has ended, and nothing proves that the licence was issued before.",
            "请向现任签发机关换领证照。",
            "Obtain a new licence from the authority that issues it now."),
    USE_ONCE_SECRET_MISSING(
            Check.USE_ONCE,
            "未出示一次性使用所需的字段。",
            "The claim that shows whether it was used already was not disclosed.",
            "请同意披露该字段后重新出示。",
            "Show it again and agree to disclose that claim."),
    ALREADY_USED(Check.USE_ONCE, "此凭证已被使用过。", "It was used already.", "同一凭证不能重复使用。", "It can be used once only."),
    MANDATE_MALFORMED(
            Check.ISSUER_SIGNATURE, "授权链不完整。", "The mandate's chain is not whole.", "请重新授权。", "Ask for a new one."),
    MANDATE_NOT_THIS_COMPANYS(
            Check.ISSUER_SIGNATURE,
            "授权不是该企业出具的。",
            "The mandate is not this company's.",
            "请重新授权。",
            "Ask for a new one."),
    COMPANY_LICENCE_NOT_IN_FORCE(
            Check.ISSUER_SIGNATURE,
            "企业的营业执照已失效。",
            "The company's licence is not in force.",
            "不要接受。",
            "Do not accept it."),
    MANDATE_NOT_DELEGABLE(
            Check.ISSUER_SIGNATURE, "该授权不可转委托。", "The mandate may not be handed on.", "请重新授权。", "Ask for a new one."),
    MANDATE_POWERS_EXCEEDED(
            Check.ISSUER_ACCREDITED, "超出授权事项。", "The mandate does not cover this.", "请重新授权。", "Ask for a new one."),
    MANDATE_LIMIT_EXCEEDED(
            Check.ISSUER_ACCREDITED, "超出授权金额。", "The mandate's limit is exceeded.", "请重新授权。", "Ask for a new one."),
    MANDATE_ENDED(Check.VALIDITY_PERIOD, "授权已到期。", "The mandate has ended.", "请重新授权。", "Ask for a new one."),
    MANDATE_REVOKED(Check.STATUS, "授权已被企业撤销。", "The company has revoked this.", "请重新授权。", "Ask for a new one."),
    SIGNATURES_MISSING(
            Check.HOLDER_BINDING, "签字人数不足。", "Not enough people have signed.", "请其他签字人确认。", "Have the others sign."),
    SAME_PERSON_TWICE(
            Check.HOLDER_BINDING, "同一人签了两次。", "One person signed twice.", "请另一人签字。", "Have another person sign."),
    SIGNER_NOT_MANDATED(
            Check.HOLDER_BINDING, "签字人未获授权。", "Who signed has no mandate for it.", "请重新授权。", "Ask for a new one."),
    RELYING_PARTY_UNKNOWN(
            Check.RELYING_PARTY,
            "查验方未在账本上登记。",
            "Who asks is not accredited on the ledger.",
            "不要出示；请查验方向主管部门登记。",
            "Do not show it; who asks must be accredited by the authority."),
    RELYING_PARTY_UNTRUSTED(
            Check.RELYING_PARTY,
            "请求的签名或证书不属于所称的查验方。",
            "The request's signature or certificate does not belong to whom it names.",
            "不要出示；请向所称的查验方核实。",
            "Do not show it; ask the party that it names."),
    ASKS_TOO_MUCH(
            Check.RELYING_PARTY,
            "查验方要求了其无权查询的内容。",
            "Who asks wants more than it is allowed to ask for.",
            "不要出示；查验方只能查询其获准的字段。",
            "Do not show it; it may ask only for the claims it was granted."),
    INTERNAL(
            Check.FORM,
            "查验过程中出现意外错误，证照未被接受。",
            "Something unexpected happened during the check; the licence is not accepted.",
            "请重试；若仍如此，请将编号告知技术支持。",
            "Try again; if it stays so, give the trace id to support.");

    private final Check check;
    private final String zh;
    private final String en;
    private final String nextZh;
    private final String nextEn;

    Refusal(Check check, String zh, String en, String nextZh, String nextEn) {
        this.check = check;
        this.zh = zh;
        this.en = en;
        this.nextZh = nextZh;
        this.nextEn = nextEn;
    }

    /** Stable, in kebab case: {@code issuer-signature-invalid}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The check that fails with this. */
    public Check check() {
        return check;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    public String nextStepZh() {
        return nextZh;
    }

    public String nextStepEn() {
        return nextEn;
    }
}
