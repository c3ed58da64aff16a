package city.elicence.issuer.http;

import city.elicence.issuer.client.Client;
import city.elicence.issuer.client.ClientAuthentication;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.token.TokenDesk;
import city.elicence.issuer.token.TokenRequest;
import city.elicence.issuer.vault.Secret;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** The token endpoint (RFC 6749 §3.2; OpenID4VCI 1.0 §6), and the challenges for who must prove itself at it. */
final class TokenRoutes {
    private static final String PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private final Tenants tenants;
    private final ClientAuthentication clients;
    private final ClientHeaders headers;
    private final TokenDesk desk;
    private final Clock clock;

    TokenRoutes(Tenants tenants, ClientAuthentication clients, ClientHeaders headers, TokenDesk desk, Clock clock) {
        this.tenants = tenants;
        this.clients = clients;
        this.headers = headers;
        this.desk = desk;
        this.clock = clock;
    }

    void mount(Router router) {
        router.post("/:tenant/token").handler(Exchange.route(this::token));
        router.post("/:tenant/challenge").handler(Exchange.route(this::challenge));
    }

    /** Attestation-based client authentication §8.1: the challenge endpoint. */
    private void challenge(Exchange x) {
        x.reply(200, Map.of("attestation_challenge", headers.challenge(x.tenant(tenants), clock.instant())));
    }

    private void token(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        // RFC 6749 §5.1, beside Cache-Control.
        x.header("Pragma", "no-cache");
        Map<String, String> form = x.form();
        TokenRequest request = request(form);
        String dpopKey = headers.dpopKey(x, tenant, "token", now);
        Client client = clients.identify(tenant, headers.presented(x, tenant, form, now), now);
        x.reply(200, desk.answer(tenant, request, client, dpopKey, now).toJson());
    }

    private static TokenRequest request(Map<String, String> form) {
        return switch (needed(form, "grant_type")) {
            case PRE_AUTHORIZED ->
                new TokenRequest.PreAuthorized(
                        secret(form, "pre-authorized_code"), form.get("tx_code"), form.get("authorization_details"));
            case "authorization_code" ->
                new TokenRequest.AuthorizationCode(
                        secret(form, "code"),
                        form.get("redirect_uri"),
                        form.get("code_verifier"),
                        form.get("authorization_details"));
            case "refresh_token" -> new TokenRequest.Refresh(secret(form, "refresh_token"), form.get("scope"));
            default ->
                throw Refused.grant(
                        GrantCode.UNSUPPORTED_GRANT_TYPE, "grant_type: expected one from this server's metadata");
        };
    }

    private static String secret(Map<String, String> form, String name) {
        String value = needed(form, name);
        if (!Secret.plausible(value)) {
            throw Refused.grant(GrantCode.INVALID_GRANT, name + ": longer than any that this server gives");
        }
        return value;
    }

    private static String needed(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null) {
            throw Refused.grant(GrantCode.INVALID_REQUEST, name + ": expected");
        }
        return value;
    }
}
