package city.elicence.issuer;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An OpenID4VCI 1.0 wallet by the text alone: raw requests, every value open to a test's meddling. */
final class RawWallet {
    static final String PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    final Clock clock;
    final SoftwareKey dpopKey;
    Map<String, Object> metadata = Map.of();
    Map<String, Object> server = Map.of();
    String accessToken = "";
    String dpopNonce = "";

    RawWallet(Clock clock) {
        this(clock, SoftwareKey.generate());
    }

    RawWallet(Clock clock, SoftwareKey dpopKey) {
        this.clock = clock;
        this.dpopKey = dpopKey;
    }

    /** Section 4: follows the link of an offer to its object. */
    static Map<String, Object> offer(String link) {
        String query = link.substring(link.indexOf('?') + 1);
        String value = URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
        try {
            return query.startsWith("credential_offer_uri=") ? Http.get(value).json() : Json.parseObject(value);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    /** The code in an offer's pre-authorised grant. */
    static String code(Map<String, Object> offer) {
        return text(object(object(offer, "grants"), PRE_AUTHORIZED), "pre-authorized_code");
    }

    /** Section 12.2: reads both metadata documents from the issuer's identifier. */
    RawWallet discover(String issuer) {
        metadata = Http.get(wellKnown(issuer, "openid-credential-issuer")).json();
        server = Http.get(wellKnown(issuer, "oauth-authorization-server")).json();
        return this;
    }

    static String wellKnown(String issuer, String name) {
        URI uri = URI.create(issuer);
        return issuer.replace(uri.getPath(), "/.well-known/" + name + uri.getPath());
    }

    String endpoint(String name) {
        return text(metadata.containsKey(name) ? metadata : server, name);
    }

    /** Section 6: the token request with a pre-authorised code, with DPoP, taking the server's nonce when told to. */
    Http.Answer token(Map<String, String> form) {
        Http.Answer answer = tokenOnce(form);
        if (answer.status() == 400 && answer.error().equals("use_dpop_nonce")) {
            answer = tokenOnce(form);
        }
        if (answer.status() == 200) {
            accessToken = answer.string("access_token");
        }
        return answer;
    }

    private Http.Answer tokenOnce(Map<String, String> form) {
        String endpoint = endpoint("token_endpoint");
        return remember(Http.postForm(endpoint, form, "DPoP", dpop("POST", endpoint, null)));
    }

    Http.Answer tokenFor(Map<String, Object> offer) {
        return token(Map.of("grant_type", PRE_AUTHORIZED, "pre-authorized_code", code(offer)));
    }

    /** Section 7. */
    String nonce() {
        return remember(Http.send("POST", endpoint("nonce_endpoint"), new byte[0]))
                .string("c_nonce");
    }

    /** Section 8, with the access token and DPoP proof as they should be. */
    Http.Answer credential(Map<String, ?> request) {
        return call(endpoint("credential_endpoint"), request);
    }

    /** Section 8: one credential of a configuration for each key. */
    Http.Answer credential(String configuration, SoftwareKey... keys) {
        return credential(request(configuration, nonce(), keys));
    }

    Map<String, Object> request(String configuration, String nonce, SoftwareKey... keys) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("credential_configuration_id", configuration);
        request.put("proofs", Map.of("jwt", proofs(nonce, keys)));
        return request;
    }

    List<String> proofs(String nonce, SoftwareKey... keys) {
        List<String> proofs = new ArrayList<>();
        for (SoftwareKey key : keys) {
            proofs.add(proof(key, text(metadata, "credential_issuer"), nonce));
        }
        return proofs;
    }

    String proof(SoftwareKey key, String audience, @Nullable String nonce) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", audience);
        claims.put("iat", clock.instant().getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        return Jws.sign(
                Map.of("typ", "openid4vci-proof+jwt", "jwk", key.publicKey().toJwk()), claims, key);
    }

    /** A protected resource, with the access token and a DPoP proof, taking the server's nonce when told to. */
    Http.Answer call(String endpoint, Map<String, ?> json) {
        return callOnceOrTwice(endpoint, "application/json", Json.write(json));
    }

    Http.Answer callOnceOrTwice(String endpoint, String type, String body) {
        Http.Answer answer = callOnce(endpoint, type, body);
        return answer.status() == 401 && answer.error().equals("use_dpop_nonce")
                ? callOnce(endpoint, type, body)
                : answer;
    }

    private Http.Answer callOnce(String endpoint, String type, String body) {
        return remember(Http.post(
                endpoint,
                type,
                body,
                "Authorization",
                "DPoP " + accessToken,
                "DPoP",
                dpop("POST", endpoint, accessToken)));
    }

    /** RFC 9449 §4.2. */
    String dpop(String method, String uri, @Nullable String token) {
        return dpop(dpopKey, method, uri, token, dpopNonce);
    }

    /** A proof that says more than it need. */
    String dpopSaying(Map<String, Object> more, String method, String uri) {
        return dpop(dpopKey, method, uri, null, dpopNonce, more);
    }

    String dpop(SoftwareKey key, String method, String uri, @Nullable String token, String nonce) {
        return dpop(key, method, uri, token, nonce, Map.of());
    }

    private String dpop(
            SoftwareKey key,
            String method,
            String uri,
            @Nullable String token,
            String nonce,
            Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", uri);
        claims.put("iat", clock.instant().getEpochSecond());
        if (token != null) {
            claims.put("ath", Base64Url.encode(sha256(token)));
        }
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        claims.putAll(more);
        return Jws.sign(Map.of("typ", "dpop+jwt", "jwk", key.publicKey().toJwk()), claims, key);
    }

    private Http.Answer remember(Http.Answer answer) {
        dpopNonce = answer.header("DPoP-Nonce").orElse(dpopNonce);
        return answer;
    }

    static List<String> credentials(Http.Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("expected credentials, found " + answer.status() + " " + answer.text());
        }
        List<String> credentials = new ArrayList<>();
        try {
            for (Map<String, Object> element : Fields.of(answer.json()).objects("credentials")) {
                credentials.add(text(element, "credential"));
            }
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
        return credentials;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static String text(Map<String, Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new AssertionError("no " + name + " in " + json.keySet());
    }

    static Map<String, Object> object(Map<String, Object> json, String name) {
        try {
            return Fields.of(json).object(name);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
