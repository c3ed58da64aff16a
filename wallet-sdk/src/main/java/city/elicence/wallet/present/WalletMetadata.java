package city.elicence.wallet.present;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this wallet says of itself to a verifier, OpenID4VP section 10: the same for all wallets of this kind. */
final class WalletMetadata {
    static final Map<String, Object> MAP = describe();

    private WalletMetadata() {}

    private static Map<String, Object> describe() {
        Map<String, Object> sdJwt = new LinkedHashMap<>();
        sdJwt.put("sd-jwt_alg_values", List.of("ES256"));
        sdJwt.put("kb-jwt_alg_values", List.of("ES256"));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("vp_formats_supported", Map.of("dc+sd-jwt", sdJwt));
        metadata.put("response_types_supported", List.of("vp_token"));
        metadata.put("response_modes_supported", List.of("direct_post", "direct_post.jwt"));
        metadata.put(
                "client_id_prefixes_supported",
                List.of("x509_hash", "x509_san_dns", "redirect_uri", "decentralized_identifier"));
        metadata.put("request_object_signing_alg_values_supported", List.of("ES256"));
        metadata.put("authorization_encryption_alg_values_supported", List.of("ECDH-ES"));
        metadata.put("authorization_encryption_enc_values_supported", List.of("A128GCM", "A256GCM"));
        return Collections.unmodifiableMap(metadata);
    }
}
