package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.issuer.citizen.IdentityProvider;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Needs Keycloak's distribution, 170 MB, and half a minute, so it runs when asked for:
 * {@code mvn -pl issuer-service -am test -Dkeycloak=true -Dtest=KeycloakSignInTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@DisplayName("Citizens sign in at a real OpenID Connect provider: Keycloak 26.7.3")
@EnabledIfSystemProperty(
        named = "keycloak",
        matches = "true",
        disabledReason = "Keycloak's distribution is large: run with -Dkeycloak=true")
class KeycloakSignInTest extends CodeFlow {
    private static final Path HOME = Path.of("target", "keycloak", "keycloak-26.7.3");
    private static final Duration START = Duration.ofMinutes(4);
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static @Nullable Process keycloak;

    @BeforeAll
    static void open() {
        try {
            int port = freePort();
            URI realm = URI.create("http://127.0.0.1:" + port + "/realms/city");
            openIn(TestCity.with(new IdentityProvider(
                    realm, "issuer-service", new IdentityProvider.Secret("a secret"), "preferred_username")));
            keycloak = start(port);
            awaitReady(realm, keycloak);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process start(int port) throws IOException {
        Path realms = Files.createDirectories(HOME.resolve("data/import"));
        Files.writeString(realms.resolve("city-realm.json"), """
            {"realm": "city", "enabled": true, "sslRequired": "none",
             "users": [{"username": "%s", "enabled": true, "firstName": "Li", "lastName": "Lin", "email": "l@example.com",
                        "credentials": [{"type": "password", "value": "test", "temporary": false}]}],
             "clients": [{"clientId": "issuer-service", "secret": "a secret", "publicClient": false,
                          "standardFlowEnabled": true, "redirectUris": ["%s/*"],
                          "attributes": {"id.token.signed.response.alg": "ES256", "pkce.code.challenge.method": "S256"}}]}
            """.formatted(
                        number.toLowerCase(java.util.Locale.ROOT), city.base()));
        Path script = HOME.resolve("bin/kc.sh");
        try (Stream<Path> data =
                Files.exists(HOME.resolve("data/h2")) ? Files.list(HOME.resolve("data/h2")) : Stream.of()) {
            for (Path file : data.toList()) {
                Files.delete(file);
            }
        }
        return new ProcessBuilder(
                        "sh",
                        script.toAbsolutePath().toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("keycloak.log").toFile())
                .start();
    }

    private static void awaitReady(URI realm, Process keycloak) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm + "/.well-known/openid-configuration"))
                .build();
        for (long waited = 0; waited < START.toMillis(); waited += 500) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                assertTrue(keycloak.isAlive(), "Keycloak ended; see target/keycloak/…/keycloak.log");
            }
            Thread.sleep(500);
        }
        throw new AssertionError("Keycloak did not start in " + START);
    }

    @AfterAll
    static void end() {
        Process started = keycloak;
        if (started != null) {
            started.descendants().forEach(ProcessHandle::destroy);
            started.destroy();
        }
    }

    @Test
    @DisplayName(
            "OpenID Connect Core 1.0 §3.1: a citizen signs in with Keycloak's own page, and the wallet gets the licence of"
                    + " that citizen")
    void signsIn() throws Exception {
        String requestUri = push(request(Map.of()), attested()).string("request_uri");
        Http.Answer page = Http.get(wallet.endpoint("authorization_endpoint") + "?client_id=" + Http.encoded(CLIENT)
                + "&request_uri=" + Http.encoded(requestUri));
        String cookie = page.header("Set-Cookie").orElseThrow();
        URI comeBack = signInAt(ProviderSignInTest.providerLink(page.text()));
        assertTrue(comeBack.toString().startsWith(city.issuer(city.police) + "/authorize/return?"), comeBack::toString);
        String code = back(Http.get(comeBack.toString(), "Cookie", cookie.substring(0, cookie.indexOf(';'))))
                .getOrDefault("code", "none");
        Http.Answer token = token(code, VERIFIER, attested());
        assertEquals(200, token.status(), token::text);
        assertEquals(200, wallet.credential(TYPE, SoftwareKey.generate()).status());
    }

    /** A browser at the provider: its form, filled and sent; where it is then sent to. */
    private static URI signInAt(URI link) throws IOException, InterruptedException {
        HttpClient browser = HttpClient.newHttpClient();
        HttpResponse<String> page =
                browser.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString());
        // As a browser does, and Java's own cookie store does not: a Secure cookie goes to the loopback address over
        // plain HTTP.
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        Matcher form = FORM.matcher(page.body());
        assertTrue(form.find(), page::body);
        HttpRequest post = HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookies)
                .POST(HttpRequest.BodyPublishers.ofString("username=" + Http.encoded(number) + "&password=test"))
                .build();
        HttpResponse<String> answer = browser.send(post, HttpResponse.BodyHandlers.ofString());
        assertEquals(302, answer.statusCode(), answer::body);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }
}
