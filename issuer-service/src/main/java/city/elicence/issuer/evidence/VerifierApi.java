package city.elicence.issuer.evidence;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The result API of a verifier service, over HTTP, as any relying party's back end uses it. */
public final class VerifierApi implements EvidenceChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_ANSWER = 1 << 20;
    private static final long ANSWER_SECONDS = 600;
    private static final long KEEP_SECONDS = 600;
    private static final int PIXELS_A_MODULE = 6;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Supplier<URI> base;
    private final Function<String, String> bearer;

    /**
     * A verifier.
     *
     * @param bearer the access token, or back-end secret, with which a tenant is a relying party there
     */
    public VerifierApi(Supplier<URI> base, Function<String, String> bearer) {
        this.base = base;
        this.bearer = bearer;
    }

    @Override
    public Asked ask(String tenant, Map<String, Object> query, String purpose, @Nullable URI returnTo) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tenant", tenant);
        body.put("dcql", query);
        body.put("purpose", purpose);
        body.put("expires_in", ANSWER_SECONDS);
        body.put("keep_for", KEEP_SECONDS);
        if (returnTo != null) {
            body.put("flow", "same_device");
            body.put("return_to", returnTo.toString());
        }
        try {
            Fields made = Fields.of(call(tenant, "POST", "/api/checks", body));
            return new Asked(made.string("id"), made.string("link"), picture(made.string("link")));
        } catch (JsonException malformed) {
            throw new VerifierUnreachable("the verifier's answer does not read", malformed);
        }
    }

    private static String picture(String link) {
        try {
            byte[] png = Qr.encode(link, QrLevel.MEDIUM).png(PIXELS_A_MODULE);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        } catch (QrException tooLong) {
            throw new VerifierUnreachable("the verifier's link does not fit a QR code", tooLong);
        }
    }

    @Override
    public Answer look(String tenant, String check) {
        try {
            Fields found = Fields.of(call(tenant, "GET", path(check), null));
            Map<String, Object> report = found.optObject("report").orElse(Map.of());
            String status = found.string("status");
            return switch (status) {
                case "waiting", "deciding", "returning" -> new Answer.Waiting();
                case "accepted" -> new Answer.Accepted(claims(found.fields("claims")), report);
                default -> new Answer.Refused(found.optString("code").orElse(status), report);
            };
        } catch (JsonException malformed) {
            throw new VerifierUnreachable("the verifier's answer does not read", malformed);
        }
    }

    private static Map<String, List<Map<String, Object>>> claims(Fields json) throws JsonException {
        Map<String, List<Map<String, Object>>> claims = new LinkedHashMap<>();
        for (String query : json.map().keySet()) {
            claims.put(query, json.objects(query));
        }
        return claims;
    }

    @Override
    public void returned(String tenant, String check, String responseCode) {
        Map<String, Object> answer =
                call(tenant, "POST", path(check) + "/return", Map.of("response_code", responseCode));
        assert !answer.isEmpty();
    }

    @Override
    public void forget(String tenant, String check) {
        Map<String, Object> answer = call(tenant, "DELETE", path(check), null);
        assert answer.isEmpty();
    }

    private static String path(String check) {
        return "/api/checks/" + URLEncoder.encode(check, StandardCharsets.UTF_8);
    }

    private Map<String, Object> call(String tenant, String method, String path, @Nullable Map<String, Object> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base.get() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer.apply(tenant));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 404 && method.equals("DELETE")) {
                return Map.of();
            }
            if (answer.statusCode() == 404) {
                return Map.of("status", "deleted");
            }
            if (answer.statusCode() >= 300 || answer.body().length > MAX_ANSWER) {
                throw new VerifierUnreachable("the verifier answered with status " + answer.statusCode(), null);
            }
            return answer.body().length == 0 ? Map.of() : Json.parseObject(answer.body());
        } catch (IOException | JsonException fault) {
            throw new VerifierUnreachable("the verifier does not answer", fault);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VerifierUnreachable("interrupted", interrupted);
        }
    }
}
