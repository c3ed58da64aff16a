package city.elicence.issuer.registry;

import city.elicence.issuer.client.Client;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Configuration;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Authorization Server Metadata (RFC 8414 §2, with RFC 9126 §5, RFC 9207 §3, RFC 9449 §5.1, RFC 8705 §5,
 * OpenID4VCI 1.0 §12.3 and Token Status List §9.1). */
public final class ServerMetadata {
    private final TypeShelf types;
    private final Addresses addresses;
    private final Optional<Addresses> forCertificates;

    /** With the base for clients that authenticate by the certificate of their connection, where there is one. */
    public ServerMetadata(TypeShelf types, Addresses addresses, Optional<Addresses> forCertificates) {
        this.forCertificates = forCertificates;
        this.types = types;
        this.addresses = addresses;
    }

    public Map<String, Object> of(Tenant tenant) {
        String id = tenant.id();
        List<String> es256 = List.of("ES256");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", addresses.issuer(id));
        metadata.put("authorization_endpoint", addresses.at(id, "authorize"));
        metadata.put("token_endpoint", addresses.at(id, "token"));
        metadata.put("pushed_authorization_request_endpoint", addresses.at(id, "par"));
        metadata.put("challenge_endpoint", addresses.at(id, "challenge"));
        metadata.put("require_pushed_authorization_requests", true);
        metadata.put("jwks_uri", addresses.at(id, "jwks"));
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("response_modes_supported", List.of("query"));
        metadata.put(
                "grant_types_supported",
                List.of("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:pre-authorized_code"));
        metadata.put("pre-authorized_grant_anonymous_access_supported", true);
        metadata.put("code_challenge_methods_supported", List.of("S256"));
        metadata.put("authorization_response_iss_parameter_supported", true);
        metadata.put("dpop_signing_alg_values_supported", es256);
        List<String> methods = new ArrayList<>(
                List.of(Client.Method.ATTEST_JWT_CLIENT_AUTH.text(), Client.Method.PRIVATE_KEY_JWT.text(), "none"));
        forCertificates.ifPresent(there -> {
            methods.add(Client.Method.SELF_SIGNED_TLS_CLIENT_AUTH.text());
            metadata.put(
                    "mtls_endpoint_aliases",
                    Map.of(
                            "token_endpoint",
                            there.at(id, "token"),
                            "pushed_authorization_request_endpoint",
                            there.at(id, "par")));
        });
        metadata.put("token_endpoint_auth_methods_supported", methods);
        metadata.put("token_endpoint_auth_signing_alg_values_supported", es256);
        metadata.put("client_attestation_signing_alg_values_supported", es256);
        metadata.put("client_attestation_pop_signing_alg_values_supported", es256);
        metadata.put("authorization_details_types_supported", List.of("openid_credential"));
        metadata.put("status_list_aggregation_endpoint", addresses.at(id, "status"));
        metadata.put(
                "scopes_supported",
                types.configurations(tenant).stream().map(Configuration::id).toList());
        return metadata;
    }
}
