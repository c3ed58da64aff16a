package city.elicence.issuer.http;

import city.elicence.issuer.citizen.Citizen;
import city.elicence.issuer.citizen.CitizenSignIn;
import city.elicence.issuer.citizen.SignInPage;
import city.elicence.issuer.client.Client;
import city.elicence.issuer.client.ClientAuthentication;
import city.elicence.issuer.evidence.Application;
import city.elicence.issuer.evidence.EvidenceDesk;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.token.AuthorizationDesk;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.HttpRefusal;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pushed authorization requests (RFC 9126), the authorization endpoint, and the citizen's way back from sign-in. */
final class AuthorizationRoutes {
    private static final String COOKIE = "elicence_authorize";
    private static final int COOKIE_SECONDS = 600;

    private final Tenants tenants;
    private final TypeShelf types;
    private final Addresses addresses;
    private final ClientAuthentication clients;
    private final ClientHeaders headers;
    private final AuthorizationDesk desk;
    private final EvidenceDesk evidence;
    private final CitizenSignIn signIn;
    private final Clock clock;

    AuthorizationRoutes(
            Tenants tenants,
            TypeShelf types,
            Addresses addresses,
            ClientAuthentication clients,
            ClientHeaders headers,
            AuthorizationDesk desk,
            EvidenceDesk evidence,
            CitizenSignIn signIn,
            Clock clock) {
        this.tenants = tenants;
        this.types = types;
        this.addresses = addresses;
        this.clients = clients;
        this.headers = headers;
        this.desk = desk;
        this.evidence = evidence;
        this.signIn = signIn;
        this.clock = clock;
    }

    void mount(Router router) {
        mountPush(router);
        router.get("/:tenant/authorize").handler(Exchange.route(this::authorize));
        router.get("/:tenant/authorize/return").handler(Exchange.route(x -> back(x, x.queryForm())));
        router.post("/:tenant/authorize/return").handler(Exchange.route(x -> back(x, x.form())));
        router.get("/:tenant/authorize/evidence").handler(Exchange.route(this::evidence));
    }

    /** What a client calls, without what a browser comes to. */
    void mountPush(Router router) {
        router.post("/:tenant/par").handler(Exchange.route(this::push));
    }

    private void push(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        Map<String, String> form = x.form();
        String dpopKey = headers.dpopKey(x, tenant, "par", now);
        Client client = clients.identify(tenant, headers.presented(x, tenant, form, now), now);
        AuthorizationDesk.Pushed pushed = desk.push(tenant, client, form, dpopKey, now);
        x.reply(
                201,
                Map.of(
                        "request_uri",
                        pushed.requestUri(),
                        "expires_in",
                        pushed.life().toSeconds()));
    }

    private void authorize(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Map<String, String> query = x.queryForm();
        String requestUri = query.get("request_uri");
        String clientId = query.get("client_id");
        if (requestUri == null || clientId == null) {
            throw Refused.grant(
                    GrantCode.INVALID_REQUEST,
                    "expected client_id and request_uri: requests are pushed first (RFC 9126)");
        }
        Secret browser = Secret.fresh();
        AuthorizationDesk.Opened opened = desk.open(tenant, clientId, requestUri, browser, clock.instant());
        boolean https = addresses.base().startsWith("https:");
        x.context()
                .response()
                .addCookie(Cookie.cookie(COOKIE, browser.text())
                        .setPath("/" + tenant.id() + "/authorize")
                        .setHttpOnly(true)
                        .setSecure(https)
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(COOKIE_SECONDS));
        switch (signIn.begin(tenant, requestUri, returnTo(tenant), clock.instant())) {
            case CitizenSignIn.Step.Form() -> page(x, tenant, opened, requestUri, 200);
            case CitizenSignIn.Step.Redirect(URI to) ->
                x.reply(
                        200,
                        "text/html; charset=utf-8",
                        SignInPage.elsewhere(tenant, opened.clientId(), opened.types(), types, requestUri, to));
            case CitizenSignIn.Step.Unavailable() ->
                throw new HttpRefusal(503, "temporarily_unavailable", "nobody can sign in just now; try again soon");
        }
    }

    private URI returnTo(Tenant tenant) {
        return URI.create(addresses.at(tenant.id(), "authorize/return"));
    }

    private void back(Exchange x, Map<String, String> brought) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        String requestUri = brought.getOrDefault("state", "");
        Secret browser = browser(x);
        Map<String, String> all = new HashMap<>(brought);
        if (all.remove("refuse") != null) {
            x.redirect(desk.refused(tenant, requestUri, browser, now));
            return;
        }
        AuthorizationDesk.Opened opened = desk.opened(tenant, requestUri, browser, now);
        Optional<Citizen> citizen = signIn.finish(tenant, all, returnTo(tenant), now);
        if (citizen.isEmpty()) {
            if (signIn.asksAgain()) {
                page(x, tenant, opened, requestUri, 401);
            } else {
                x.redirect(desk.refused(tenant, requestUri, browser, now));
            }
            return;
        }
        switch (desk.signedIn(tenant, requestUri, browser, citizen.get(), now)) {
            case AuthorizationDesk.Next.Back(String address) -> x.redirect(address);
            case AuthorizationDesk.Next.Evidence(Application ignored) ->
                x.redirect(evidenceAddress(tenant, requestUri));
        }
    }

    private String evidenceAddress(Tenant tenant, String requestUri) {
        return addresses.at(tenant.id(), "authorize/evidence") + "?state="
                + URLEncoder.encode(requestUri, StandardCharsets.UTF_8);
    }

    /** Evidence within the issuance: asked in this browser's session, from this device or another, until it is whole. */
    private void evidence(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        Map<String, String> query = x.queryForm();
        String requestUri = query.getOrDefault("state", "");
        Secret browser = browser(x);
        AuthorizationDesk.Next next = desk.next(tenant, requestUri, browser, now);
        String responseCode = query.get("response_code");
        if (responseCode != null && next instanceof AuthorizationDesk.Next.Evidence(Application waiting)) {
            evidence.returned(tenant, waiting.id(), responseCode, now);
            x.redirect(evidenceAddress(tenant, requestUri));
            return;
        }
        switch (next) {
            case AuthorizationDesk.Next.Back(String address) -> x.redirect(address);
            case AuthorizationDesk.Next.Evidence(Application application) ->
                show(x, tenant, requestUri, application, query, now);
        }
    }

    private void show(
            Exchange x,
            Tenant tenant,
            String requestUri,
            Application application,
            Map<String, String> query,
            Instant now) {
        if ("same".equals(query.get("device"))) {
            URI back = URI.create(evidenceAddress(tenant, requestUri));
            x.redirect(evidence.ask(tenant, application.id(), List.of(), back, now)
                    .showings()
                    .getLast()
                    .link());
            return;
        }
        boolean begin = application.showings().isEmpty() || query.containsKey("again");
        Application shown = begin ? evidence.ask(tenant, application.id(), List.of(), null, now) : application;
        if (query.containsKey("again")) {
            x.redirect(evidenceAddress(tenant, requestUri));
            return;
        }
        x.reply(200, "text/html; charset=utf-8", EvidencePage.of(tenant, shown, types, requestUri));
    }

    private static Secret browser(Exchange x) {
        @Nullable Cookie cookie = x.context().request().getCookie(COOKIE);
        if (cookie == null || !Secret.plausible(cookie.getValue())) {
            throw Refused.grant(
                    GrantCode.INVALID_REQUEST, "expected the browser that opened the request: its cookie is missing");
        }
        return new Secret(cookie.getValue());
    }

    private void page(Exchange x, Tenant tenant, AuthorizationDesk.Opened opened, String ticket, int status) {
        x.reply(
                status,
                "text/html; charset=utf-8",
                SignInPage.of(tenant, opened.clientId(), opened.types(), types, ticket, status != 200));
    }
}
