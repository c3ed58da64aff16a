package city.elicence.wallet.client;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave.
 *
 * @param dpop true where the token is bound to the wallet's client key
 */
public record AccessToken(
        String value, boolean dpop, @Nullable String refreshToken) {
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value);
        json.put("dpop", dpop);
        if (refreshToken != null) {
            json.put("refresh", refreshToken);
        }
        return json;
    }

    public static AccessToken fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new AccessToken(
                fields.string("value"),
                fields.bool("dpop"),
                fields.optString("refresh").orElse(null));
    }

    /** Never the token itself. */
    @Override
    public String toString() {
        return "AccessToken[" + (dpop ? "DPoP" : "Bearer") + "]";
    }
}
