package city.elicence.wallet.discover;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.http.SafeUri;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet needs of an authorization server's metadata, RFC 8414.
 *
 * @param dpopAlgorithms by which it binds tokens to a key, RFC 9449 section 5.1; null where it says nothing of it
 * @param issInResponse RFC 9207: the answer to a sign-in names its server
 * @param attestation true where wallets can prove themselves by an attestation
 */
public record AuthorizationServer(
        String issuer,
        URI tokenEndpoint,
        @Nullable URI authorizationEndpoint,
        @Nullable URI pushedRequestEndpoint,
        @Nullable URI challengeEndpoint,
        @Nullable List<String> dpopAlgorithms,
        boolean issInResponse,
        boolean attestation,
        boolean anonymousPreAuthorised,
        List<String> grants) {
    public AuthorizationServer {
        dpopAlgorithms = dpopAlgorithms == null ? null : List.copyOf(dpopAlgorithms);
        grants = List.copyOf(grants);
    }

    /** HAIP 1.0 section 4.1: proofs are sent unless the server says that it cannot check them; who knows nothing of them ignores them. */
    public boolean takesDpop() {
        return dpopAlgorithms == null || bindsTokens();
    }

    /** Whether it said that a token which it gives for such a proof is bound to its key. */
    public boolean bindsTokens() {
        return dpopAlgorithms != null && dpopAlgorithms.contains("ES256");
    }

    /** RFC 8414 section 3.3: {@code issuer} must be the identifier that it was asked for. */
    static AuthorizationServer read(Map<String, Object> metadata, String expectedIssuer) throws JsonException {
        Fields fields = Fields.of(metadata);
        if (!fields.string("issuer").equals(expectedIssuer)) {
            throw new JsonException("issuer: expected the identifier that the metadata was asked for");
        }
        URI token = endpoint(fields, "token_endpoint");
        if (token == null) {
            throw new JsonException("token_endpoint: expected an address");
        }
        return new AuthorizationServer(
                expectedIssuer,
                token,
                endpoint(fields, "authorization_endpoint"),
                endpoint(fields, "pushed_authorization_request_endpoint"),
                endpoint(fields, "challenge_endpoint"),
                fields.optStrings("dpop_signing_alg_values_supported").orElse(null),
                fields.flag("authorization_response_iss_parameter_supported"),
                fields.optStrings("token_endpoint_auth_methods_supported")
                        .orElse(List.of())
                        .contains("attest_jwt_client_auth"),
                fields.flag("pre-authorized_grant_anonymous_access_supported"),
                fields.optStrings("grant_types_supported")
                        // RFC 8414 section 2: the default where it is left out.
                        .orElse(List.of("authorization_code", "implicit")));
    }

    static @Nullable URI endpoint(Fields fields, String name) throws JsonException {
        if (!fields.has(name)) {
            return null;
        }
        URI uri = SafeUri.of(fields.string(name));
        if (uri == null) {
            throw new JsonException(name + ": expected an https address");
        }
        return uri;
    }
}
