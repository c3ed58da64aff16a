package city.elicence.verifier.decide;

import java.util.Locale;
import java.util.Map;

/** Refusals of a response as a whole, each presentation in it being sound (OpenID4VP 1.0 §8.6, step 3). */
enum PolicyRefusal {
    QUERY_NOT_SATISFIED(
            "出示的内容没有满足查验要求。",
            "What was shown does not answer what was asked.",
            "请按要求出示全部证照和字段。",
            "Show all the licences and fields that are asked for."),
    TRANSACTION_NOT_AUTHORISED(
            "持有人没有对所要求的事项签名确认。",
            "The holder did not sign the transaction that was to be authorised.",
            "请更新电子证照应用后重新确认。",
            "Update the wallet and authorise it again.");

    private final String zh;
    private final String en;
    private final String nextZh;
    private final String nextEn;

    PolicyRefusal(String zh, String en, String nextZh, String nextEn) {
        this.zh = zh;
        this.en = en;
        this.nextZh = nextZh;
        this.nextEn = nextEn;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String en() {
        return en;
    }

    Map<String, Object> words() {
        return Report.words(code(), Report.both(zh, en), Report.both(nextZh, nextEn));
    }
}
