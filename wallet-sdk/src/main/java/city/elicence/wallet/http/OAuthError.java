package city.elicence.wallet.http;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.port.HttpReply;
import java.util.Map;
import java.util.regex.Pattern;

/** The error code in an answer, RFC 6749 section 5.2; empty where there is none that can be read. */
public record OAuthError(int status, String code) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");

    public static OAuthError of(HttpReply reply) {
        String code = "";
        try {
            Map<String, Object> body = Json.parseObject(reply.body());
            // What does not look like a code is not repeated into logs and pages.
            if (body.get("error") instanceof String named && CODE.matcher(named).matches()) {
                code = named;
            }
        } catch (JsonException e) {
            code = "";
        }
        return new OAuthError(reply.status(), code);
    }

    @Override
    public String toString() {
        return status + (code.isEmpty() ? "" : " " + code);
    }
}
