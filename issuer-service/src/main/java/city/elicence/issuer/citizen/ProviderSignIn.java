package city.elicence.issuer.citizen;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.web.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-in at a city's identity platform: OpenID Connect Core 1.0 §3.1, authorization code flow with PKCE and nonce. Nonce and
 * code verifier are keyed digests of the ticket, so nothing is stored; the ticket itself is good for one browser, once.
 */
public final class ProviderSignIn implements CitizenSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final IdentityProvider provider;
    private final Vault vault;
    private final ProviderCalls calls;

    public ProviderSignIn(IdentityProvider provider, Vault vault) {
        this.provider = provider;
        this.vault = vault;
        this.calls = new ProviderCalls(provider);
    }

    @Override
    public Step begin(Tenant tenant, String ticket, URI returnTo, Instant now) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", returnTo.toString());
        query.put("scope", "openid");
        query.put("state", ticket);
        query.put("nonce", derived("nonce", tenant, ticket));
        String verifier = derived("verifier", tenant, ticket);
        query.put("code_challenge", Base64Url.encode(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII))));
        query.put("code_challenge_method", "S256");
        try {
            String endpoint = calls.configuration(now).string("authorization_endpoint");
            return new Step.Redirect(URI.create(endpoint
                    + (endpoint.contains("?") ? "&" : "?")
                    + query.entrySet().stream()
                            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"))));
        } catch (IOException | JsonException e) {
            LOG.warn("identity provider: {}", e.getMessage());
            return new Step.Unavailable();
        }
    }

    @Override
    public boolean asksAgain() {
        return false;
    }

    @Override
    public Optional<Citizen> finish(Tenant tenant, Map<String, String> brought, URI returnTo, Instant now) {
        String code = brought.get("code");
        String ticket = brought.get("state");
        String issuer = brought.get("iss");
        // RFC 9207 §2.4: an answer of another provider is not taken to this one.
        if (code == null
                || ticket == null
                || (issuer != null && !issuer.equals(provider.issuer().toString()))) {
            return Optional.empty();
        }
        try {
            String token = calls.idToken(code, derived("verifier", tenant, ticket), returnTo, now);
            return Optional.of(citizen(token, derived("nonce", tenant, ticket), now));
        } catch (IOException | JoseException | JsonException | IllegalArgumentException e) {
            LOG.warn("identity provider: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** OpenID Connect Core 1.0 §3.1.3.7. */
    private Citizen citizen(String idToken, String nonce, Instant now)
            throws IOException, JoseException, JsonException {
        Jws token = Jws.parse(idToken);
        if (!token.verifiedBy(key(token, now))) {
            throw new IOException("ID token: expected an ES256 signature by a key of the provider");
        }
        Fields claims = Fields.of(token.claims());
        if (!provider.issuer().toString().equals(claims.string("iss"))) {
            throw new IOException("ID token: iss is another provider");
        }
        List<?> audiences =
                claims.map().get("aud") instanceof List<?> several ? several : List.of(claims.string("aud"));
        if (!audiences.contains(provider.clientId())
                || (audiences.size() > 1 && !provider.clientId().equals(claims.string("azp")))) {
            throw new IOException("ID token: aud is another client");
        }
        if (!now.isBefore(claims.instant("exp").plus(SKEW))
                || claims.instant("iat").isAfter(now.plus(SKEW))) {
            throw new IOException("ID token: expected one that is valid now");
        }
        if (!nonce.equals(claims.string("nonce"))) {
            throw new IOException("ID token: nonce of another sign-in");
        }
        return new Citizen(claims.string(provider.numberClaim()));
    }

    private EcPublicKey key(Jws token, Instant now) throws IOException, JoseException, JsonException {
        String kid = Fields.of(token.header()).string("kid");
        for (boolean again : new boolean[] {false, true}) {
            for (Map<String, Object> jwk : calls.keys(now, again).objects("keys")) {
                if (kid.equals(jwk.get("kid")) && !"enc".equals(jwk.get("use"))) {
                    return EcPublicKey.fromJwk(jwk);
                }
            }
        }
        throw new IOException("ID token: kid is no key of the provider");
    }

    private String derived(String what, Tenant tenant, String ticket) {
        return Base64Url.encode(vault.authenticate("identity-provider\n" + what + "\n" + tenant.id() + "\n" + ticket));
    }
}
