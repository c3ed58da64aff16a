package city.elicence.verifier.request;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a wallet says of itself when it fetches by POST (OpenID4VP 1.0 §5.10, §10.1); unknown members are ignored. */
public final class WalletMetadata {
    private static final int LONGEST = 16_384;

    private final Fields fields;

    private WalletMetadata(Fields fields) {
        this.fields = fields;
    }

    /** Reads the {@code wallet_metadata} form parameter. */
    public static WalletMetadata parse(String json) {
        if (json.length() > LONGEST) {
            throw new CheckRefused(new Problem.Malformed("wallet_metadata: at most " + LONGEST + " characters"));
        }
        try {
            return new WalletMetadata(Fields.parse(json));
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed("wallet_metadata: a JSON object"));
        }
    }

    /** Refuses a wallet that says it could not answer this request anyway. */
    void requireFor(PendingRequest request) {
        try {
            Optional<Map<String, Object>> formats = fields.optObject("vp_formats_supported");
            if (formats.isPresent() && !request.answerableIn(formats.get().keySet())) {
                throw unsuited("vp_formats_supported with the formats of all that is required");
            }
            requireListed("request_object_signing_alg_values_supported", "ES256");
            requireListed("client_id_prefixes_supported", request.prefix().text());
            requireListed("response_types_supported", "vp_token");
            requireListed("response_modes_supported", request.mode().text());
            if (request.mode() == ResponseMode.DIRECT_POST_JWT) {
                requireListed("authorization_encryption_alg_values_supported", "ECDH-ES");
                requireOneOf("authorization_encryption_enc_values_supported", List.of("A128GCM", "A256GCM"));
            }
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed("wallet_metadata: " + e.getMessage()));
        }
    }

    private void requireListed(String name, String value) throws JsonException {
        requireOneOf(name, List.of(value));
    }

    private void requireOneOf(String name, List<String> values) throws JsonException {
        Optional<List<String>> listed = fields.optStrings(name);
        if (listed.isPresent() && listed.get().stream().noneMatch(values::contains)) {
            throw unsuited(name + " with " + String.join(" or ", values));
        }
    }

    private static CheckRefused unsuited(String expected) {
        return new CheckRefused(new Problem.WalletUnsuited("expected " + expected));
    }
}
