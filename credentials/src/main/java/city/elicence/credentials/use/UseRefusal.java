package city.elicence.credentials.use;

import java.util.Locale;

/** Why a use is not possible, by name, with words for people. None says who has used the licence. */
public enum UseRefusal {
    USED_ALREADY("该凭证已被使用。", "This has been used already.", "请换一张未使用过的凭证。", "Use one that has not been used."),
    RESERVED("该凭证已被预留。", "This is reserved.", "请在预留到期后再试。", "Try again when the reservation has ended."),
    REMAINDER_TOO_SMALL(
            "剩余额度不足。", "What remains is less than the amount.", "请按剩余额度重新登记。", "Claim no more than what remains."),
    RESERVATION_ENDED("预留已到期。", "The reservation has ended.", "请重新登记。", "Claim anew."),
    NOT_YOURS(
            "本机构没有这样一条可供处理的登记。",
            "There is no such registration of this party.",
            "请核对登记编号。",
            "Check which registration is meant."),
    NOT_RELEASABLE("该类凭证的使用不可撤回。", "A use of this type can not be released.", "无需操作。", "There is nothing to do."),
    NOTHING_TO_RELEASE("该登记已全部释放或金额超出。", "Less than this is left to release.", "请核对金额。", "Check the amount."),
    RANK_NOT_FREE("该顺位已被占用，或尚未轮到。", "This rank is taken, or is not the next one.", "请按下一顺位登记。", "Claim the next rank."),
    BOOK_FULL("登记次数已达上限。", "There are as many registrations as there can be.", "请联系签发机构。", "Ask the issuer.");

    private final String zh;
    private final String en;
    private final String nextZh;
    private final String nextEn;

    UseRefusal(String zh, String en, String nextZh, String nextEn) {
        this.zh = zh;
        this.en = en;
        this.nextZh = nextZh;
        this.nextEn = nextEn;
    }

    /** The stable code. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
