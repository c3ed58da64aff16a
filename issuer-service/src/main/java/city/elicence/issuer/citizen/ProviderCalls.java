package city.elicence.issuer.citizen;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of an OpenID Connect provider over HTTP: its configuration, its keys, and an ID token for a code. */
final class ProviderCalls {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 256L * 1024;

    private final IdentityProvider provider;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private volatile @Nullable Known known;

    ProviderCalls(IdentityProvider provider) {
        this.provider = provider;
    }

    /** The provider's configuration and keys, and since when. */
    private record Known(Fields configuration, Fields keys, Instant at) {}

    /** OpenID Connect Discovery 1.0 §4.3: the issuer in it is the one it was fetched for. */
    Fields configuration(Instant now) throws IOException {
        return known(now, false).configuration();
    }

    /** The provider's keys; asked for again when a token came by a key that is not among those known. */
    Fields keys(Instant now, boolean again) throws IOException {
        return known(now, again).keys();
    }

    private Known known(Instant now, boolean again) throws IOException {
        Known before = known;
        if (before != null && !again && now.isBefore(before.at().plus(KEPT))) {
            return before;
        }
        Fields configuration = get(URI.create(provider.issuer() + "/.well-known/openid-configuration"));
        try {
            if (!provider.issuer().toString().equals(configuration.string("issuer"))) {
                throw new IOException("the provider's configuration names another issuer");
            }
            Known fresh = new Known(configuration, get(address(configuration, "jwks_uri")), now);
            known = fresh;
            return fresh;
        } catch (JsonException e) {
            throw new IOException("the provider's configuration lacks what it must have", e);
        }
    }

    /** OpenID Connect Core 1.0 §3.1.3: the ID token that a code is good for. */
    String idToken(String code, String verifier, URI redirect, Instant now) throws IOException {
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "code_verifier",
                verifier,
                "redirect_uri",
                redirect.toString());
        String basic =
                encoded(provider.clientId()) + ":" + encoded(provider.secret().text());
        try {
            HttpRequest request = HttpRequest.newBuilder(address(configuration(now), "token_endpoint"))
                    .timeout(TOTAL)
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                            .collect(Collectors.joining("&"))))
                    .build();
            return send(request).string("id_token");
        } catch (JsonException e) {
            throw new IOException("the provider's answer has no ID token", e);
        }
    }

    private static URI address(Fields configuration, String name) throws JsonException, IOException {
        URI address = URI.create(configuration.string(name));
        if (!IdentityProvider.isProtected(address)) {
            throw new IOException(name + ": expected an https address");
        }
        return address;
    }

    private Fields get(URI address) throws IOException {
        return send(HttpRequest.newBuilder(address)
                .timeout(TOTAL)
                .header("Accept", "application/json")
                .build());
    }

    private Fields send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer = client.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
            if (answer.statusCode() != 200) {
                throw new IOException("the provider answered " + answer.statusCode());
            }
            return Fields.parse(answer.body());
        } catch (JsonException e) {
            throw new IOException("the provider's answer is no JSON object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
