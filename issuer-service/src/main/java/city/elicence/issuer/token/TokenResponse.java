package city.elicence.issuer.token;

import city.elicence.issuer.vault.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A successful token response (RFC 6749 §5.1, OpenID4VCI 1.0 §6.2).
 *
 * @param refresh null where there is none
 * @param identifiers credential identifiers by configuration; empty when configurations identify well enough
 */
public record TokenResponse(
        Secret access,
        boolean dpop,
        Duration life,
        @Nullable Secret refresh,
        String scope,
        Map<String, List<String>> identifiers) {

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", access.text());
        json.put("token_type", dpop ? "DPoP" : "Bearer");
        json.put("expires_in", life.toSeconds());
        if (refresh != null) {
            json.put("refresh_token", refresh.text());
        }
        if (!scope.isEmpty()) {
            json.put("scope", scope);
        }
        if (!identifiers.isEmpty()) {
            List<Object> details = new ArrayList<>();
            identifiers.forEach((configuration, ids) -> {
                Map<String, Object> detail = new LinkedHashMap<>();
                detail.put("type", "openid_credential");
                detail.put("credential_configuration_id", configuration);
                detail.put("credential_identifiers", ids);
                details.add(detail);
            });
            json.put("authorization_details", details);
        }
        return json;
    }
}
