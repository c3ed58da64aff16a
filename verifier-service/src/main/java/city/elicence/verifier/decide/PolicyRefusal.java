package city.elicence.verifier.decide;

import java.util.Locale;
import java.util.Map;

/** Refusals of a whole response (OpenID4VP 1.0 §8.6, step 3) or a whole code, rather than of a presentation in it. */
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
            "Update the wallet and authorise it again."),
    CODE_UNREADABLE(
            "扫描到的二维码不是有效的离线出示码。",
            "What was scanned is not a whole and unaltered offline code.",
            "请持有人刷新二维码后重新扫描。",
            "Ask the holder to refresh the code, and scan again."),
    ISSUER_NOT_KNOWN_OFFLINE(
            "本设备的信任数据中没有该签发机关的证书。",
            "The issuer's certificate is not in what this device carries.",
            "请联网更新信任数据，或改用在线查验。",
            "Connect once to refresh the trust data, or check online.");

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
