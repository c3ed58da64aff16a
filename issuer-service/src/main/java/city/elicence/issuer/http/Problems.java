package city.elicence.issuer.http;

import city.elicence.issuer.refusal.Problem;
import city.elicence.web.HttpRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one place where a step's no becomes an HTTP status and a standard's error code. */
public final class Problems {
    private Problems() {}

    static HttpRefusal http(Problem problem) {
        return switch (problem) {
            case Problem.Grant(Problem.Grant.GrantCode code, String text) ->
                new HttpRefusal(status(code), lower(code), ascii(text));
            case Problem.Credential(Problem.Credential.CredentialCode code, String text) ->
                new HttpRefusal(400, lower(code), ascii(text));
            case Problem.Access access -> access(access);
            case Problem.Desk desk -> desk(desk);
        };
    }

    /** RFC 6749 §5.2: 401 for a client that failed to authenticate, 400 for all else. */
    private static int status(Problem.Grant.GrantCode code) {
        return code == Problem.Grant.GrantCode.INVALID_CLIENT ? 401 : 400;
    }

    private static HttpRefusal access(Problem.Access access) {
        String text = ascii(access.text());
        int status = switch (access.code()) {
            case INVALID_REQUEST -> 400;
            case INSUFFICIENT_SCOPE -> 403;
            case MISSING, INVALID_TOKEN, INVALID_DPOP_PROOF, USE_DPOP_NONCE -> 401;
        };
        if (access.code() == Problem.Access.AccessCode.MISSING) {
            // RFC 6750 §3.1: a request without any token is told the schemes, and no error code.
            return new HttpRefusal(
                    status, "invalid_token", text, Map.of("WWW-Authenticate", "DPoP algs=\"ES256\", Bearer"), Map.of());
        }
        String error = lower(access.code());
        String challenge = access.dpop() ? "DPoP algs=\"ES256\", " : "Bearer ";
        return new HttpRefusal(
                status,
                error,
                text,
                Map.of("WWW-Authenticate", challenge + "error=\"" + error + "\", error_description=\"" + text + "\""),
                Map.of());
    }

    private static HttpRefusal desk(Problem.Desk desk) {
        int status = switch (desk.code()) {
            case INVALID_REQUEST -> 400;
            case NOT_FOUND, NOT_YET_ANCHORED -> 404;
            case VERIFIER_UNREACHABLE -> 502;
            case NOT_ACCREDITED, WRONG_STATE, SECOND_PERSON_NEEDED -> 409;
            case INVALID_CLAIMS -> 422;
        };
        if (desk.fields().isEmpty()) {
            return new HttpRefusal(status, lower(desk.code()), desk.text());
        }
        return new HttpRefusal(
                status, lower(desk.code()), desk.text(), Map.of(), Map.of("fields", fields(desk.fields())));
    }

    public static List<Map<String, Object>> fields(List<Problem.Field> fields) {
        return fields.stream().map(Problems::field).toList();
    }

    private static Map<String, Object> field(Problem.Field field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", field.path());
        json.put("code", field.code());
        json.put("zh", field.zh());
        json.put("en", field.en());
        json.put("warning", field.warning());
        return json;
    }

    private static String lower(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT);
    }

    /** RFC 6749 §5.2: the characters that an {@code error_description} may have. */
    static String ascii(String text) {
        return text.replace('"', '\'').replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
    }
}
