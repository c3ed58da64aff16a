package city.elicence.verifier.request;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.verifier.tenant.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The signed Request Object: JAR (RFC 9101) with what OpenID4VP 1.0 §5 adds. */
final class RequestObject {
    /** OpenID4VP 1.0 §5.8: the wallet is met without discovery. */
    static final String STATIC_AUDIENCE = "https://self-issued.me/v2";

    private RequestObject() {}

    /** The JWT that answers a wallet at the request address. */
    static String signed(
            Tenant tenant, SigningKey key, PendingRequest request, Suites suites, @Nullable String walletNonce) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "oauth-authz-req+jwt");
        if (request.prefix() == ClientIdPrefix.DECENTRALIZED_IDENTIFIER) {
            header.put("kid", tenant.did() + "#" + key.publicKey().thumbprint());
        }
        // With a DID, too: a key is the DID's because an authority that the ledger names for it has certified the key.
        header.put("x5c", tenant.chain().toX5c());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", request.clientId());
        claims.put("aud", STATIC_AUDIENCE);
        claims.put("iat", request.createdAt().getEpochSecond());
        claims.put("exp", request.expiresAt().getEpochSecond());
        claims.putAll(parameters(tenant, request, suites));
        if (walletNonce != null) {
            claims.put("wallet_nonce", walletNonce);
        }
        return Jws.sign(header, claims, key);
    }

    /** The authorization request parameters themselves (§5.1, §5.2). */
    static Map<String, Object> parameters(Tenant tenant, PendingRequest request, Suites suites) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("response_type", "vp_token");
        claims.put("response_mode", request.mode().text());
        claims.put("client_id", request.clientId());
        claims.put("response_uri", request.responseUri().toString());
        claims.put("nonce", request.nonce());
        claims.put("state", request.state());
        claims.put("dcql_query", request.dcql());
        claims.put("client_metadata", clientMetadata(request, suites));
        if (!request.transactionData().isEmpty()) {
            claims.put("transaction_data", request.transactionData());
        }
        if (request.prefix().signed()) {
            claims.put("verifier_info", List.of(VerifierInfo.of(tenant, request.purpose())));
        }
        return claims;
    }

    /** Annexes B.2.2 and B.3.4: what is taken of JOSE; of COSE ES256, by its numbers ES256 and ESP256. */
    private static Map<String, Object> formats(Suites suites) {
        Map<String, Object> formats = new LinkedHashMap<>();
        formats.put(
                Format.SD_JWT_VC.identifier(),
                Map.of("sd-jwt_alg_values", suites.algorithms(), "kb-jwt_alg_values", suites.algorithms()));
        formats.put(
                Format.MDOC.identifier(),
                Map.of("issuerauth_alg_values", List.of(-7L, -9L), "deviceauth_alg_values", List.of(-7L, -9L)));
        return formats;
    }

    /** §5.1: these three parameters and no others; who asks, {@code verifier_info} says. */
    private static Map<String, Object> clientMetadata(PendingRequest request, Suites suites) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<String, Object> encryptionKey = request.publicEncryptionKey();
        if (encryptionKey != null) {
            metadata.put("jwks", Map.of("keys", List.of(encryptionKey)));
            metadata.put("encrypted_response_enc_values_supported", List.of("A128GCM", "A256GCM"));
        }
        metadata.put("vp_formats_supported", formats(suites));
        return metadata;
    }
}
