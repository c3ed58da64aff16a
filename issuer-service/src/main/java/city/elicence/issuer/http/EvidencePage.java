package city.elicence.issuer.http;

import city.elicence.issuer.citizen.SignInPage;
import city.elicence.issuer.evidence.Application;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The page on which a citizen who has signed in shows what the licence requires, from this device or another. No script. */
final class EvidencePage {
    private static final String PAGE = """
        <!doctype html>
        <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        {refresh}<title>{zh}</title><link rel="stylesheet" href="/assets/look.css"></head>
        <body><main><div class="sheet"><h1>{zh}</h1><p lang="en">{en}</p>
        <p>办理 <b>{licence_zh}</b> 需要出示：<br><span lang="en"><b>{licence_en}</b> requires you to show:</span></p>
        <ul>{wanted}</ul>
        {body}
        <form method="post" action="/{tenant}/authorize/return">
        <input type="hidden" name="state" value="{ticket}">
        <p><button type="submit" name="refuse" value="1">放弃 · Give up</button></p>
        </form></div></main></body></html>
        """;
    private static final String ASKING = """
        <p><img class="qr" src="{qr}" alt="二维码 · QR code"></p>
        <p>请用电子钱包扫描，或 <a class="main" href="{same}">在本机打开钱包</a><br>
        <span lang="en">Scan it with your wallet, or <a href="{same}">open the wallet on this device</a>.</span></p>
        """;
    private static final String REFUSED = """
        <p role="alert">出示的证照未通过核验（{code}）。 <a class="main" href="{again}">重新出示</a><br>
        <span lang="en">What was shown was not accepted ({code}). <a href="{again}">Show again</a></span></p>
        """;

    private EvidencePage() {}

    static String of(Tenant tenant, Application application, TypeShelf types, String ticket) {
        Application.Showing last = application.showings().getLast();
        boolean waiting = last.outcome().equals("waiting");
        String here =
                "/" + tenant.id() + "/authorize/evidence?state=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8);
        String body = waiting
                ? ASKING.replace("{qr}", escaped(last.qr())).replace("{same}", escaped(here + "&device=same"))
                : REFUSED.replace("{code}", escaped(String.valueOf(last.code())))
                        .replace("{again}", escaped(here + "&again=1"));
        return PAGE.replace(
                        "{refresh}",
                        waiting ? "<meta http-equiv=\"refresh\" content=\"3;url=" + escaped(here) + "\">" : "")
                .replace("{zh}", escaped(tenant.names().zh()))
                .replace("{en}", escaped(tenant.names().en()))
                .replace("{licence_zh}", label(types, application.type(), true))
                .replace("{licence_en}", label(types, application.type(), false))
                .replace("{wanted}", wanted(types, application))
                .replace("{body}", body)
                .replace("{tenant}", tenant.id())
                .replace("{ticket}", escaped(ticket));
    }

    private static String wanted(TypeShelf types, Application application) {
        return application.evidenceTypes().stream()
                .map(type -> "<li>" + label(types, type, true) + " · <span lang=\"en\">" + label(types, type, false)
                        + "</span></li>")
                .collect(Collectors.joining());
    }

    private static String label(TypeShelf types, String id, boolean zh) {
        return escaped(types.type(id)
                .map(type -> zh ? type.label().zh() : type.label().en())
                .orElse(id));
    }

    private static String escaped(String text) {
        return SignInPage.escaped(text);
    }
}
