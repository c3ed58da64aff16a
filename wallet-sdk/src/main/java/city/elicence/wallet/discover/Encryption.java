package city.elicence.wallet.discover;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer says of encrypting on top of TLS, sections 10 and 12.2.4.
 *
 * @param requestKey the issuer's key for requests, null where it takes none that this wallet can make
 * @param requestKeyId its {@code kid}
 * @param responseEnc how the wallet would have responses encrypted, null where the issuer cannot
 */
public record Encryption(
        @Nullable EcPublicKey requestKey,
        @Nullable String requestKeyId,
        @Nullable String requestEnc,
        boolean requestRequired,
        @Nullable String responseEnc,
        boolean responseRequired) {
    private static final String ALG = "ECDH-ES";

    /** HAIP section 5: both are supported; the stronger is taken where there is a choice. */
    public static @Nullable String preferredEnc(List<String> offered) {
        return offered.contains("A256GCM") ? "A256GCM" : offered.contains("A128GCM") ? "A128GCM" : null;
    }

    static Encryption read(Fields metadata) throws JsonException {
        EcPublicKey key = null;
        String keyId = null;
        String requestEnc = null;
        boolean requestRequired = false;
        if (metadata.has("credential_request_encryption")) {
            Fields request = metadata.fields("credential_request_encryption");
            requestEnc = preferredEnc(request.strings("enc_values_supported"));
            requestRequired = request.flag("encryption_required");
            for (Map<String, Object> jwk : request.fields("jwks").objects("keys")) {
                if (key == null && ALG.equals(jwk.get("alg")) && jwk.get("kid") instanceof String kid) {
                    key = readable(jwk);
                    keyId = kid;
                }
            }
        }
        String responseEnc = null;
        boolean responseRequired = false;
        if (metadata.has("credential_response_encryption")) {
            Fields response = metadata.fields("credential_response_encryption");
            responseRequired = response.flag("encryption_required");
            if (response.strings("alg_values_supported").contains(ALG)) {
                responseEnc = preferredEnc(response.strings("enc_values_supported"));
            }
        }
        return new Encryption(key, keyId, requestEnc, requestRequired, responseEnc, responseRequired);
    }

    /** Null for a key of a kind that this wallet does not use. */
    private static @Nullable EcPublicKey readable(Map<String, Object> jwk) {
        try {
            return EcPublicKey.fromJwk(jwk);
        } catch (JoseException e) {
            return null;
        }
    }

    public boolean canEncryptRequests() {
        return requestKey != null && requestEnc != null;
    }

    /** What is required and this wallet cannot do. */
    public boolean impossible() {
        return (requestRequired && !canEncryptRequests()) || (responseRequired && responseEnc == null);
    }
}
