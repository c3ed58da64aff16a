package city.elicence.wallet.receive;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.client.Pkce;
import city.elicence.wallet.client.ProvenExchange;
import city.elicence.wallet.discover.AuthorizationServer;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.http.OAuthError;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The authorization request and its answer: OpenID4VCI section 5 with RFC 9126, RFC 7636 and RFC 9207. */
final class SignInStep {
    private final String clientId;
    private final URI redirectUri;

    SignInStep(String clientId, URI redirectUri) {
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    /** The page to open; the request itself is pushed where the server takes that. */
    URI page(Reception reception, Reception.SignInState signIn, ProvenExchange exchange) throws RefusedException {
        AuthorizationServer server = reception.offering().server();
        URI page = server.authorizationEndpoint();
        if (page == null) {
            throw new RefusedException(Reason.OFFER_NOT_SUPPORTED, "no authorization endpoint");
        }
        Map<String, String> request = request(reception, signIn);
        URI push = server.pushedRequestEndpoint();
        if (push != null) {
            HttpReply reply = exchange.toAuthorizationServer(server, push, request);
            if (!reply.ok()) {
                throw new RefusedException(Reason.OFFER_NOT_HONOURED, "pushed request: " + OAuthError.of(reply));
            }
            request = new LinkedHashMap<>();
            request.put("client_id", clientId);
            request.put("request_uri", requestUri(reply));
        }
        return URI.create(Form.append(page.toString(), request));
    }

    private static String requestUri(HttpReply reply) throws RefusedException {
        try {
            return Fields.parse(reply.body()).string("request_uri");
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "pushed request: " + e.getMessage());
        }
    }

    private Map<String, String> request(Reception reception, Reception.SignInState signIn) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri.toString());
        request.put("state", signIn.state());
        request.put("code_challenge", Pkce.challengeOf(signIn.codeVerifier()));
        request.put("code_challenge_method", "S256");
        if (signIn.issuerState() != null) {
            request.put("issuer_state", signIn.issuerState());
        }
        what(reception, request);
        return request;
    }

    /** HAIP section 4: by scope; by authorization details where a configuration has no scope (section 5.1). */
    private static void what(Reception reception, Map<String, String> request) {
        Set<String> scopes = new LinkedHashSet<>();
        List<Object> details = new ArrayList<>();
        String issuer = reception.offering().metadata().issuer();
        boolean located =
                !reception.offering().metadata().authorizationServers().isEmpty();
        for (Configuration configuration : reception.offering().offered()) {
            String scope = configuration.scope();
            if (scope != null) {
                scopes.add(scope);
                continue;
            }
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("type", "openid_credential");
            detail.put("credential_configuration_id", configuration.id());
            if (located) {
                detail.put("locations", List.of(issuer));
            }
            details.add(detail);
        }
        if (!scopes.isEmpty()) {
            request.put("scope", String.join(" ", scopes));
            if (located) {
                request.put("resource", issuer);
            }
        }
        if (!details.isEmpty()) {
            request.put("authorization_details", Json.write(details));
        }
    }

    /** The code, once the answer is shown to belong to this reception and to come from its server. */
    static Reception.Grant answer(Reception reception, Map<String, String> answer) throws RefusedException {
        AuthorizationServer server = reception.offering().server();
        String iss = answer.get("iss");
        boolean rightServer = iss == null ? !server.issInResponse() : iss.equals(server.issuer());
        if (!rightServer) {
            // RFC 9207 section 2.4: another server's answer must not be sent to this server's token endpoint.
            throw new RefusedException(Reason.SIGN_IN_MISMATCH, "iss: expected " + server.issuer());
        }
        String error = answer.get("error");
        if (error != null) {
            boolean readable = error.matches("[a-z_]{1,64}");
            throw new RefusedException(Reason.SIGN_IN_FAILED, readable ? error : "an error");
        }
        String code = answer.get("code");
        if (code == null || code.isEmpty()) {
            throw new RefusedException(Reason.SIGN_IN_FAILED, "expected a code");
        }
        return new Reception.Grant(false, code, null);
    }
}
