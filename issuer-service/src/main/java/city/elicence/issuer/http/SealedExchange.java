package city.elicence.issuer.http;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential request and its response, either of which may be encrypted on top of TLS (OpenID4VCI 1.0 §10).
 *
 * @param json the request, in the clear
 * @param responseKey to whom the response is encrypted, or null
 */
record SealedExchange(Map<String, Object> json, @Nullable ResponseKey responseKey) {
    private static final List<String> ENC_VALUES = List.of("A128GCM", "A256GCM");

    /** {@code credential_response_encryption} (§8.2). */
    record ResponseKey(EcPublicKey key, String enc, Optional<String> kid) {}

    static SealedExchange read(Exchange x, Tenant tenant) {
        boolean encrypted = x.hasType("application/jwt");
        Map<String, Object> json = encrypted
                ? decrypted(x, tenant)
                : x.json(text -> Refused.credential(CredentialCode.INVALID_CREDENTIAL_REQUEST, text));
        ResponseKey key = responseKey(json);
        if (key != null && !encrypted) {
            // §8.2: else somebody on the way could put a key of their own in its place.
            throw Refused.credential(
                    CredentialCode.INVALID_ENCRYPTION_PARAMETERS,
                    "credential_response_encryption: expected in an encrypted request only");
        }
        return new SealedExchange(json, key);
    }

    private static Map<String, Object> decrypted(Exchange x, Tenant tenant) {
        try {
            Jwe jwe = Jwe.decrypt(new String(x.body(), StandardCharsets.US_ASCII).strip(), tenant.requestKey());
            String kid = tenant.requestKey().publicKey().thumbprint();
            if (!kid.equals(Fields.of(jwe.header()).optString("kid").orElse(""))) {
                throw Refused.credential(
                        CredentialCode.INVALID_ENCRYPTION_PARAMETERS,
                        "kid: expected the one of the key in this issuer's metadata");
            }
            return jwe.claims();
        } catch (JoseException | JsonException unreadable) {
            throw Refused.credential(
                    CredentialCode.INVALID_ENCRYPTION_PARAMETERS,
                    "expected a JWE to the key in this issuer's metadata: " + unreadable.getMessage());
        }
    }

    private static @Nullable ResponseKey responseKey(Map<String, Object> json) {
        try {
            Optional<Map<String, Object>> wanted = Fields.of(json).optObject("credential_response_encryption");
            if (wanted.isEmpty()) {
                return null;
            }
            Fields fields = Fields.of(wanted.get());
            Fields jwk = fields.fields("jwk");
            if (!"ECDH-ES".equals(jwk.string("alg"))) {
                throw no("jwk: expected alg ECDH-ES");
            }
            String enc = fields.string("enc");
            if (!ENC_VALUES.contains(enc)) {
                throw no("enc: expected one of " + String.join(", ", ENC_VALUES));
            }
            if (fields.has("zip")) {
                throw no("zip: expected none, since no compression is supported");
            }
            return new ResponseKey(EcPublicKey.fromJwk(jwk.map()), enc, jwk.optString("kid"));
        } catch (JsonException | JoseException malformed) {
            throw no(String.valueOf(malformed.getMessage()));
        }
    }

    /** Answers in the clear or encrypted, as the request wanted, whatever the answer is. */
    void reply(Exchange x, int status, Map<String, Object> answer) {
        if (responseKey == null) {
            x.reply(status, answer);
            return;
        }
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("enc", responseKey.enc());
        responseKey.kid().ifPresent(kid -> header.put("kid", kid));
        byte[] payload = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        x.reply(status, "application/jwt", Jwe.encrypt(payload, header, responseKey.key()));
    }

    private static Refused no(String text) {
        return Refused.credential(
                CredentialCode.INVALID_ENCRYPTION_PARAMETERS, "credential_response_encryption: " + text);
    }
}
