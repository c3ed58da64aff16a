package city.elicence.issuer.citizen;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.web.Pages;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The page on which a citizen signs in with a code from the counter and lets a wallet have licences. No script. */
public final class SignInPage {
    private static final String PAGE = """
        <!doctype html>
        <html lang="zh-CN"><head><title>{zh}</title><!-- head --></head>
        <body><main id="main"><div class="sheet"><h1>{zh}</h1><p lang="en">{en}</p>
        <p>电子钱包 <b>{client}</b> 申请领取：<br><span lang="en">The wallet <b>{client}</b> asks for:</span></p>
        <ul>{licences}</ul>
        {way}
        <button type="submit" name="refuse" value="1" formnovalidate>拒绝 · Refuse</button></p>
        </form></div></main></body></html>
        """;
    private static final String FORM = """
        <form method="post" action="/{tenant}/authorize/return">
        <input type="hidden" name="state" value="{ticket}">
        """;
    private static final String BY_CODE = """
        <p><label>证件号码 <span lang="en">Your ID number</span><br>
        <input name="number" autocomplete="off" required maxlength="64"></label></p>
        <p><label>窗口登录码 <span lang="en">Code from the counter</span><br>
        <input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="8"></label></p>
        <p><button class="main" type="submit">登录并同意 · Sign in and allow</button>
        """;
    private static final String ELSEWHERE = """
        <p><a class="button main" href="{to}">去登录并同意 · Sign in and allow</a>
        """;
    private static final String WRONG = """
        <p role="alert">号码或登录码不正确，或登录码已过期。<br>
        <span lang="en">The number or the code is not right, or the code's time is over.</span></p>
        """;

    private SignInPage() {}

    public static String of(
            Tenant tenant, String clientId, List<String> asked, TypeShelf types, String ticket, boolean again) {
        return page((again ? WRONG : "") + "{form}" + BY_CODE, tenant, clientId, asked, types, ticket);
    }

    /** The same for a sign-in at a city's identity platform: what is asked for is said before the citizen goes there. */
    public static String elsewhere(
            Tenant tenant, String clientId, List<String> asked, TypeShelf types, String ticket, URI to) {
        String way = "{form}" + ELSEWHERE.replace("{to}", escaped(to.toString()));
        return page(way, tenant, clientId, asked, types, ticket);
    }

    private static String page(
            String way, Tenant tenant, String clientId, List<String> asked, TypeShelf types, String ticket) {
        String licences = asked.stream()
                .map(Format::base)
                .distinct()
                .flatMap(id -> types.type(id).stream())
                .map(SignInPage::item)
                .collect(Collectors.joining());
        return Pages.framed(PAGE)
                .replace("{way}", way)
                .replace("{form}", FORM)
                .replace("{zh}", escaped(tenant.names().zh()))
                .replace("{en}", escaped(tenant.names().en()))
                .replace("{licences}", licences)
                .replace("{tenant}", tenant.id())
                .replace("{ticket}", escaped(ticket))
                .replace("{client}", escaped(clientId));
    }

    private static String item(CredentialType type) {
        return "<li>" + escaped(type.label().zh()) + " · <span lang=\"en\">"
                + escaped(type.label().en()) + "</span></li>";
    }

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
