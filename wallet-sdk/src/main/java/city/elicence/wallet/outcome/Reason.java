package city.elicence.wallet.outcome;

import java.util.Locale;

/** Every reason of the wallet's own for not going on. What is wrong with a licence itself is named by the verify table. */
public enum Reason {
    OFFER_UNREADABLE(
            "这不是可领取的证照二维码。",
            "This is not an offer of a licence.",
            "请让发证机关重新出示二维码。",
            "Ask the issuer to show the code again."),
    ISSUER_METADATA_INVALID(
            "发证机关的公开信息有误。", "The issuer's published details are not in order.", "请联系发证机关。", "Tell the issuer."),
    ISSUER_MISMATCH(
            "应答的并不是邀请您的发证机关。",
            "Who answered is not the issuer that invited you.",
            "不要继续，请联系发证机关。",
            "Do not go on; tell the issuer."),
    ISSUER_NOT_ACCREDITED(
            "本市没有机构为该发证方担保。",
            "Nobody in this city vouches for this issuer.",
            "请确认您认识对方后再继续。",
            "Go on only if you know who this is."),
    OFFER_NOT_SUPPORTED(
            "本钱包不支持这种证照或领取方式。", "This wallet cannot receive this kind of licence.", "请更新应用。", "Update the app."),
    TX_CODE_NEEDED("需要输入验证码。", "A code is needed.", "请输入发证机关给您的验证码。", "Enter the code that the issuer gave you."),
    TX_CODE_MALFORMED("验证码的格式不对。", "The code has the wrong form.", "请检查后重新输入。", "Check it and enter it again."),
    OFFER_NOT_HONOURED(
            "发证机关没有接受此次领取。",
            "The issuer did not accept this offer.",
            "二维码可能已使用或过期，请重新申请。",
            "It may be used up or expired; ask for a new one."),
    SIGN_IN_FAILED("登录没有成功。", "Signing in did not succeed.", "请重新登录。", "Sign in again."),
    SIGN_IN_MISMATCH(
            "登录结果来自别处。",
            "The answer to the sign-in came from somewhere else.",
            "不要继续，请重新领取。",
            "Do not go on; start again from the offer."),
    TOKEN_NOT_BOUND(
            "发证机关没有把授权绑定到本机。", "The issuer did not bind its permission to this phone.", "请联系发证机关。", "Tell the issuer."),
    ISSUER_REFUSED("发证机关拒绝发放。", "The issuer refused to issue.", "请联系发证机关。", "Ask the issuer."),
    LICENCE_OF_ANOTHER_TYPE(
            "发来的证照不是所提供的类型。",
            "The licence that came is not of the kind that was offered.",
            "请联系发证机关。",
            "Tell the issuer."),
    LICENCE_OF_ANOTHER_KEY(
            "发来的证照绑定的不是本机的密钥。",
            "The licence that came is bound to a key that is not this phone's.",
            "请联系发证机关。",
            "Tell the issuer."),
    LICENCE_AGAINST_ITS_TYPE(
            "发来的证照不符合其类型的规定。",
            "The licence that came does not keep the rules of its own type.",
            "请联系发证机关。",
            "Tell the issuer."),
    LICENCE_UNREADABLE("发来的证照无法读取。", "The licence that came cannot be read.", "请联系发证机关。", "Tell the issuer."),
    LICENCE_NOT_GENUINE(
            "发来的证照的签名无效。", "The signature on the licence that came is not valid.", "请联系发证机关。", "Tell the issuer."),
    NETWORK("网络没有应答。", "The network did not answer.", "稍后会继续，不会丢失。", "It will go on later; nothing is lost."),
    STORE("本机无法保存。", "This device could not save.", "请检查存储空间。", "Check that there is room."),
    KEY_NOT_RELEASED("没有得到您的确认。", "You did not confirm.", "请再试一次。", "Try again."),
    NOT_FOUND("找不到。", "There is no such thing here.", "请刷新。", "Refresh."),
    REQUEST_UNREADABLE(
            "这不是可回答的出示请求。",
            "This is not a request that can be answered.",
            "请让对方重新出示二维码。",
            "Ask the other side to show the code again."),
    REQUEST_NOT_SIGNED("请求没有签名。", "The request is not signed.", "不要继续。", "Do not go on."),
    REQUEST_NOT_GENUINE("请求的签名无效。", "The request's signature is not valid.", "不要继续。", "Do not go on."),
    CLIENT_NOT_PROVEN("请求方不能证明自己的身份。", "Who asks has not proven who they are.", "不要继续。", "Do not go on."),
    CLIENT_ID_NOT_SUPPORTED(
            "本钱包不认识这种请求方标识。", "This wallet does not know this way of naming who asks.", "请更新应用。", "Update the app."),
    RESPONSE_ELSEWHERE("请求要把答复寄到别处。", "The request wants the answer sent somewhere else.", "不要继续。", "Do not go on."),
    REQUEST_REPLAYED(
            "这个请求已经回答过。", "This request was already answered.", "请让对方重新出示二维码。", "Ask the other side for a new code."),
    REQUEST_EXPIRED("请求已经过期。", "The request has expired.", "请让对方重新出示二维码。", "Ask the other side for a new code."),
    WRONG_NONCE("请求不是为本机准备的。", "The request was not made for this wallet.", "请重新扫码。", "Scan the code again."),
    RESPONSE_NOT_ENCRYPTABLE(
            "对方没有给出可用的加密密钥。",
            "The other side gave no key to encrypt the answer for.",
            "请联系对方。",
            "Tell the other side."),
    TRANSACTION_NOT_UNDERSTOOD(
            "请求中有本钱包不理解的交易内容。",
            "The request holds a transaction that this wallet does not understand.",
            "请更新应用。",
            "Update the app."),
    FORMAT_NOT_SUPPORTED(
            "对方不接受本钱包的证照格式。",
            "Who asks does not take licences in the format of this wallet.",
            "请联系对方。",
            "Tell the other side."),
    VERIFIER_NOT_ACCREDITED(
            "本市没有机构为请求方担保。",
            "Nobody in this city vouches for who asks.",
            "请确认您认识对方后再继续。",
            "Go on only if you know who this is."),
    NO_MATCHING_LICENCE(
            "您没有对方要求的证照。", "You hold no licence that answers this.", "请先领取所需证照。", "Receive the licence first."),
    CHOICE_INCOMPLETE("还没有选好要出示的证照。", "What to show has not been chosen in full.", "请补全选择。", "Choose what is missing."),
    TOO_MUCH_FOR_A_CODE("内容太多，二维码放不下。", "This is too much for a code.", "请少选几项。", "Choose fewer claims."),
    VERIFIER_REFUSED("对方没有接受答复。", "The other side did not accept the answer.", "请询问对方原因。", "Ask them why."),
    NOT_CONSENTED("没有覆盖此请求的授权。", "No standing consent covers this request.", "请由本人批准。", "Have a person approve it.");

    private final String zh;
    private final String en;
    private final String nextZh;
    private final String nextEn;

    Reason(String zh, String en, String nextZh, String nextEn) {
        this.zh = zh;
        this.en = en;
        this.nextZh = nextZh;
        this.nextEn = nextEn;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Refusal refusal(String detail) {
        return new Refusal(code(), new Words(zh, en), new Words(nextZh, nextEn), detail);
    }
}
