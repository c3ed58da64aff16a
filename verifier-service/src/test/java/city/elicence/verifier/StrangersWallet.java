package city.elicence.verifier;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.X509CertUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wallet of somebody who has read OpenID4VP 1.0, HAIP 1.0 and RFC 9901, and no line of ours: the JDK's HTTP, Nimbus JOSE+JWT, and nothing of
 * {@code credentials} or {@code wallet-sdk}.
 */
final class StrangersWallet {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ECKey holder;
    private final String credential;

    /**
     * A wallet with one licence.
     *
     * @param credential an SD-JWT with all its disclosures, as it was issued
     */
    StrangersWallet(String credential, ECKey holder) {
        this.credential = credential;
        this.holder = holder;
    }

    /** What came back over HTTP. */
    record Reply(int status, String mediaType, String body) {
        Map<String, Object> json() {
            if (!mediaType.equals("application/json")) {
                throw new AssertionError("expected JSON, found " + mediaType + ": " + body);
            }
            try {
                return JSONObjectUtils.parse(body);
            } catch (ParseException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    /** A request whose signer was checked. */
    record Request(Map<String, Object> claims) {
        String text(String name) {
            return (String) Objects.requireNonNull(claims.get(name), name);
        }

        ECKey encryptionKey() {
            try {
                Map<String, Object> metadata = JSONObjectUtils.getJSONObject(claims, "client_metadata");
                Map<String, Object> jwks = JSONObjectUtils.getJSONObject(metadata, "jwks");
                return ECKey.parse(JSONObjectUtils.getJSONObjectArray(jwks, "keys")[0]);
            } catch (ParseException e) {
                throw new AssertionError(e);
            }
        }

        String queryId() {
            try {
                Map<String, Object> dcql = JSONObjectUtils.getJSONObject(claims, "dcql_query");
                return String.valueOf(JSONObjectUtils.getJSONObjectArray(dcql, "credentials")[0].get("id"));
            } catch (ParseException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** OpenID4VP 1.0 §5.7: by GET. */
    static Request fetch(String link) {
        Map<String, String> query = query(link);
        return checked(get(required(query, "request_uri")), required(query, "client_id"), null);
    }

    /** OpenID4VP 1.0 §5.10: by POST, with a nonce of the wallet's. */
    static Request fetch(String link, String walletNonce) {
        Map<String, String> query = query(link);
        if (!"post".equals(query.get("request_uri_method"))) {
            throw new AssertionError("the verifier does not offer POST");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("wallet_nonce", walletNonce);
        form.put(
                "wallet_metadata",
                "{\"vp_formats_supported\":{\"dc+sd-jwt\":{\"sd-jwt_alg_values\":[\"ES256\"],\"kb-jwt_alg_values\":[\"ES256\"]}},"
                        + "\"client_id_prefixes_supported\":[\"x509_hash\",\"x509_san_dns\"],"
                        + "\"request_object_signing_alg_values_supported\":[\"ES256\"]}");
        return checked(
                post(required(query, "request_uri"), FORM, form(form)), required(query, "client_id"), walletNonce);
    }

    /** RFC 9101, OpenID4VP 1.0 §5.9.3 x509_hash, HAIP 1.0 §5. */
    private static Request checked(Reply reply, String clientId, @Nullable String walletNonce) {
        require(reply.status() == 200, reply.body());
        require(reply.mediaType().equals("application/oauth-authz-req+jwt"), reply.mediaType());
        try {
            JWSObject jws = JWSObject.parse(reply.body());
            require(
                    new JOSEObjectType("oauth-authz-req+jwt")
                            .equals(jws.getHeader().getType()),
                    "typ");
            X509Certificate leaf = X509CertUtils.parse(
                    jws.getHeader().getX509CertChain().get(0).decode());
            require(jws.verify(new ECDSAVerifier((ECPublicKey) leaf.getPublicKey())), "signature");
            require(!leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()), "self-signed");
            Map<String, Object> claims = jws.getPayload().toJSONObject();
            require(clientId.equals(claims.get("client_id")), "client_id");
            require(clientId.equals("x509_hash:" + sha256(leaf.getEncoded())), "x509_hash");
            require("https://self-issued.me/v2".equals(claims.get("aud")), "aud");
            require("vp_token".equals(claims.get("response_type")), "response_type");
            require(!claims.containsKey("redirect_uri"), "redirect_uri beside response_uri");
            require(walletNonce == null || walletNonce.equals(claims.get("wallet_nonce")), "wallet_nonce");
            return new Request(claims);
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 9901 §7.2, §4.3: these claims' disclosures, and a key binding for this nonce and audience. */
    String show(String nonce, String audience, Set<String> claims) {
        try {
            StringBuilder shown = new StringBuilder();
            String[] parts = credential.split("~", -1);
            shown.append(parts[0]).append('~');
            for (int i = 1; i < parts.length; i++) {
                if (!parts[i].isEmpty()
                        && claims.contains(String.valueOf(JSONArrayUtils.parse(new Base64URL(parts[i]).decodeToString())
                                .get(1)))) {
                    shown.append(parts[i]).append('~');
                }
            }
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("iat", Instant.now().getEpochSecond());
            payload.put("aud", audience);
            payload.put("nonce", nonce);
            payload.put("sd_hash", sha256(shown.toString().getBytes(StandardCharsets.US_ASCII)));
            JWSObject binding = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("kb+jwt"))
                            .build(),
                    new Payload(payload));
            binding.sign(new ECDSASigner(holder));
            return shown + binding.serialize();
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String show(Request request, Set<String> claims) {
        return show(request.text("nonce"), request.text("client_id"), claims);
    }

    /** OpenID4VP 1.0 §8.1. */
    static Map<String, Object> answer(Request request, String presentation) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("vp_token", Map.of(request.queryId(), List.of(presentation)));
        answer.put("state", request.text("state"));
        return answer;
    }

    /** OpenID4VP 1.0 §8.3. */
    static String encrypted(Map<String, Object> answer, ECKey key, String kid, EncryptionMethod method) {
        try {
            JWEObject jwe = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, method)
                            .keyID(kid)
                            .build(),
                    new Payload(answer));
            jwe.encrypt(new ECDHEncrypter(key));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String encrypted(Request request, Map<String, Object> answer, EncryptionMethod method) {
        ECKey key = request.encryptionKey();
        return encrypted(answer, key, key.getKeyID(), method);
    }

    /** OpenID4VP 1.0 §8.3.1: direct_post.jwt. */
    static Reply respond(Request request, String jwe) {
        return post(request.text("response_uri"), FORM, form(Map.of("response", jwe)));
    }

    static Reply get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    static Reply post(String address, @Nullable String contentType, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return send(request);
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Reply(response.statusCode(), type.split(";", 2)[0].strip(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String form(Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    static Map<String, String> query(String link) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : link.substring(link.indexOf('?') + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static String required(Map<String, String> query, String name) {
        return Objects.requireNonNull(query.get(name), name);
    }

    private static String sha256(byte[] octets) throws GeneralSecurityException {
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(octets))
                .toString();
    }

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new AssertionError(otherwise);
        }
    }
}
