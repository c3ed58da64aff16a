package city.elicence.issuer.token;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a request's {@code authorization_details} ask for (RFC 9396; OpenID4VCI 1.0 §5.1.1). */
final class RequestedLicences {
    private static final int MAX_DETAILS = 20;

    private RequestedLicences() {}

    /**
     * The credential configurations asked for.
     *
     * @param issuer expected in {@code locations}, where that is given
     */
    static Set<String> in(String details, String issuer) {
        try {
            if (!(Json.parse(details) instanceof List<?> list) || list.isEmpty() || list.size() > MAX_DETAILS) {
                throw no("expected a JSON array of 1 to " + MAX_DETAILS + " objects");
            }
            Set<String> configurations = new LinkedHashSet<>();
            for (Object element : list) {
                Fields detail = Fields.of(Json.asObject(element));
                if (!"openid_credential".equals(detail.string("type"))) {
                    throw no("type: expected openid_credential");
                }
                if (!detail.optStrings("locations").orElse(List.of(issuer)).contains(issuer)) {
                    throw no("locations: expected this credential issuer");
                }
                configurations.add(detail.string("credential_configuration_id"));
            }
            return configurations;
        } catch (JsonException malformed) {
            throw no(malformed.getMessage() == null ? "expected JSON" : malformed.getMessage());
        }
    }

    private static Refused no(String text) {
        return Refused.grant(GrantCode.INVALID_AUTHORIZATION_DETAILS, "authorization_details: " + text);
    }
}
