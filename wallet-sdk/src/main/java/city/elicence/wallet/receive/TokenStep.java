package city.elicence.wallet.receive;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.client.AccessToken;
import city.elicence.wallet.client.ProvenExchange;
import city.elicence.wallet.discover.AuthorizationServer;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.discover.CredentialOffer;
import city.elicence.wallet.http.OAuthError;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The token endpoint, OpenID4VCI section 6. */
final class TokenStep {
    private static final int MOST_ORDERS = 64;

    private final String clientId;
    private final URI redirectUri;
    private final boolean attested;

    /** @param attested whether a wallet provider vouches for this wallet, so that it has to name itself */
    TokenStep(String clientId, URI redirectUri, boolean attested) {
        this.clientId = clientId;
        this.redirectUri = redirectUri;
        this.attested = attested;
    }

    /** Exchanges the grant. The answer says what may be asked for. */
    Reception redeem(Reception reception, Reception.Grant grant, ProvenExchange exchange) throws RefusedException {
        AuthorizationServer server = reception.offering().server();
        Map<String, String> form = new LinkedHashMap<>();
        if (grant.preAuthorised()) {
            form.put("grant_type", CredentialOffer.PRE_AUTHORISED_GRANT);
            form.put("pre-authorized_code", grant.code());
            if (grant.txCode() != null) {
                form.put("tx_code", grant.txCode());
            }
            if (!server.anonymousPreAuthorised() || (attested && server.attestation())) {
                form.put("client_id", clientId);
            }
        } else {
            form.put("grant_type", CredentialOffer.SIGN_IN_GRANT);
            form.put("code", grant.code());
            form.put("redirect_uri", redirectUri.toString());
            form.put("client_id", clientId);
            Reception.SignInState signIn = reception.signIn();
            if (signIn != null) {
                form.put("code_verifier", signIn.codeVerifier());
            }
        }
        Fields answer = ask(server, form, exchange);
        try {
            return reception.allowed(token(answer, server, null), orders(reception, answer));
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "token response: " + e.getMessage());
        }
    }

    /** RFC 6749 section 6. */
    AccessToken refresh(Reception reception, String refreshToken, ProvenExchange exchange) throws RefusedException {
        AuthorizationServer server = reception.offering().server();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        form.put("client_id", clientId);
        try {
            return token(ask(server, form, exchange), server, refreshToken);
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "token response: " + e.getMessage());
        }
    }

    private static Fields ask(AuthorizationServer server, Map<String, String> form, ProvenExchange exchange)
            throws RefusedException {
        HttpReply reply = exchange.toAuthorizationServer(server, server.tokenEndpoint(), form);
        if (!reply.ok()) {
            throw new RefusedException(Reason.OFFER_NOT_HONOURED, "token endpoint: " + OAuthError.of(reply));
        }
        try {
            return Fields.parse(reply.body());
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "token response: " + e.getMessage());
        }
    }

    private static AccessToken token(
            Fields answer, AuthorizationServer server, @org.jspecify.annotations.Nullable String oldRefreshToken)
            throws JsonException, RefusedException {
        boolean bound = answer.string("token_type").equalsIgnoreCase("DPoP");
        if (server.bindsTokens() && !bound) {
            // RFC 9449 section 5: a server that binds tokens and gives one that is not has been tricked, or lies.
            throw new RefusedException(Reason.TOKEN_NOT_BOUND, "token_type: expected DPoP");
        }
        String value = answer.string("access_token");
        if (value.isEmpty() || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new JsonException("access_token: expected visible ASCII");
        }
        return new AccessToken(value, bound, answer.optString("refresh_token").orElse(oldRefreshToken));
    }

    /** Section 6.2: where the answer names credential identifiers, those are asked for, and nothing else. */
    private static List<Order> orders(Reception reception, Fields answer) throws JsonException {
        List<Order> named = new ArrayList<>();
        boolean details = false;
        for (Map<String, Object> detail : answer.objects("authorization_details")) {
            Fields fields = Fields.of(detail);
            if (!fields.string("type").equals("openid_credential")) {
                continue;
            }
            details = true;
            String configurationId = fields.string("credential_configuration_id");
            if (offered(reception, configurationId)) {
                for (String identifier : fields.strings("credential_identifiers")) {
                    named.add(Order.of(configurationId, identifier));
                }
            }
        }
        if (!details) {
            for (Configuration configuration : reception.offering().offered()) {
                named.add(Order.of(configuration.id(), null));
            }
        }
        if (named.isEmpty() || named.size() > MOST_ORDERS) {
            throw new JsonException("authorization_details: expected 1 to " + MOST_ORDERS + " of what was offered");
        }
        return named;
    }

    private static boolean offered(Reception reception, String configurationId) {
        for (Configuration configuration : reception.offering().offered()) {
            if (configuration.id().equals(configurationId)) {
                return true;
            }
        }
        return false;
    }
}
