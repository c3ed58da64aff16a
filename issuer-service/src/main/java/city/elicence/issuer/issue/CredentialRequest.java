package city.elicence.issuer.issue;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential request's form, before anything in it is believed (OpenID4VCI 1.0 §8.2).
 *
 * @param identifier {@code credential_identifier}, or null
 * @param configuration {@code credential_configuration_id}, or null; exactly one of the two is there
 * @param proofType {@code jwt} or {@code attestation}
 * @param proofs the JWTs
 * @param responseEncryption {@code credential_response_encryption} as it stands, or null
 */
public record CredentialRequest(
        @Nullable String identifier,
        @Nullable String configuration,
        String proofType,
        List<String> proofs,
        @Nullable Map<String, Object> responseEncryption) {
    private static final int MAX_NAME = 256;

    public CredentialRequest {
        proofs = List.copyOf(proofs);
    }

    static CredentialRequest read(Map<String, Object> json, int maxProofs) {
        Fields fields = Fields.of(json);
        try {
            String identifier = fields.optString("credential_identifier").orElse(null);
            String configuration =
                    fields.optString("credential_configuration_id").orElse(null);
            if ((identifier == null) == (configuration == null)) {
                throw no(
                        CredentialCode.INVALID_CREDENTIAL_REQUEST,
                        "expected either credential_identifier or credential_configuration_id");
            }
            String name = identifier == null ? configuration : identifier;
            if (name == null || name.length() > MAX_NAME) {
                throw no(
                        CredentialCode.INVALID_CREDENTIAL_REQUEST,
                        "expected a name of at most " + MAX_NAME + " characters");
            }
            Map<String, Object> encryption =
                    fields.optObject("credential_response_encryption").orElse(null);
            Proofs proofs = proofs(json, maxProofs);
            return new CredentialRequest(identifier, configuration, proofs.type(), proofs.values(), encryption);
        } catch (JsonException malformed) {
            throw no(CredentialCode.INVALID_CREDENTIAL_REQUEST, String.valueOf(malformed.getMessage()));
        }
    }

    private record Proofs(String type, List<String> values) {}

    private static Proofs proofs(Map<String, Object> json, int maxProofs) {
        try {
            Map<String, Object> proofs = Fields.of(json)
                    .optObject("proofs")
                    .orElseThrow(() ->
                            no(CredentialCode.INVALID_PROOF, "proofs: expected, since licences are bound to keys"));
            if (proofs.size() != 1) {
                throw no(CredentialCode.INVALID_PROOF, "proofs: expected exactly one proof type");
            }
            String type = proofs.keySet().iterator().next();
            if (!type.equals("jwt") && !type.equals("attestation")) {
                throw no(CredentialCode.INVALID_PROOF, "proofs: expected jwt or attestation");
            }
            List<String> values = Fields.of(proofs).strings(type);
            int most = type.equals("jwt") ? maxProofs : 1;
            if (values.isEmpty() || values.size() > most) {
                throw no(CredentialCode.INVALID_PROOF, "proofs: expected 1 to " + most + " of this type");
            }
            return new Proofs(type, values);
        } catch (JsonException malformed) {
            throw no(CredentialCode.INVALID_PROOF, "proofs: " + malformed.getMessage());
        }
    }

    private static Refused no(CredentialCode code, String text) {
        return Refused.credential(code, text);
    }
}
