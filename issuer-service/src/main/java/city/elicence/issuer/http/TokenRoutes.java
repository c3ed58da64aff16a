package city.elicence.issuer.http;

import city.elicence.issuer.proof.DpopProofs;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.token.Client;
import city.elicence.issuer.token.TokenDesk;
import city.elicence.issuer.token.TokenRequest;
import city.elicence.issuer.vault.Secret;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token endpoint (RFC 6749 §3.2; OpenID4VCI 1.0 §6). */
final class TokenRoutes {
    private static final String PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private final Tenants tenants;
    private final Store store;
    private final DpopProofs proofs;
    private final ServerNonces nonces;
    private final TokenDesk desk;
    private final Addresses addresses;
    private final Clock clock;

    TokenRoutes(
            Tenants tenants,
            Store store,
            DpopProofs proofs,
            ServerNonces nonces,
            TokenDesk desk,
            Addresses addresses,
            Clock clock) {
        this.tenants = tenants;
        this.store = store;
        this.proofs = proofs;
        this.nonces = nonces;
        this.desk = desk;
        this.addresses = addresses;
        this.clock = clock;
    }

    void mount(Router router) {
        router.post("/:tenant/token").handler(Exchange.route(this::token));
    }

    private void token(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        x.header("DPoP-Nonce", nonces.issue(ServerNonces.Purpose.DPOP, tenant.id(), now));
        Map<String, String> form = x.form();
        TokenRequest request = request(form);
        String dpopKey = dpopKey(x, tenant, now);
        String clientId = form.get("client_id");
        Client client = clientId == null ? new Client.Anonymous() : new Client.Public(clientId);
        x.reply(200, desk.answer(tenant, request, client, dpopKey, now).toJson());
    }

    private @Nullable String dpopKey(Exchange x, Tenant tenant, Instant now) {
        if (x.headers("DPoP").isEmpty()) {
            return null;
        }
        try {
            return proofs.check(
                    store.direct(),
                    new DpopProofs.Expected(
                            tenant.id(), x.headers("DPoP"), x.method(), addresses.at(tenant.id(), "token"), null),
                    now);
        } catch (DpopProofs.NotAProof not) {
            throw Refused.grant(
                    not.nonceWanted() ? GrantCode.USE_DPOP_NONCE : GrantCode.INVALID_DPOP_PROOF,
                    String.valueOf(not.getMessage()));
        }
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
            case "refresh_token" -> new TokenRequest.Refresh(secret(form, "refresh_token"));
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
