package city.elicence.wallet.present;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.client.RandomText;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the text of a QR code or link to the request's parameters: OpenID4VP section 5 with RFC 9101. */
final class RequestText {
    private static final int LONGEST_LINK = 16 * 1024;
    private static final String REQUEST_OBJECT = "oauth-authz-req+jwt";

    /** Parameters that are JSON inside a link, section 5.1; in a request object they are JSON already. */
    private static final String[] JSON_IN_LINKS = {"dcql_query", "client_metadata", "transaction_data", "verifier_info"
    };

    private final Exchange exchange;
    private final Suites suites;

    RequestText(Exchange exchange, Suites suites) {
        this.suites = suites;
        this.exchange = exchange;
    }

    /**
     * The request as it came, nothing of it proven yet.
     *
     * @param signed the request object, null for a request that is not signed
     * @param fetchedFrom the {@code request_uri}, null for a request that came by value
     */
    record Received(
            String clientId,
            Map<String, Object> parameters,
            @Nullable Jws signed,
            @Nullable String fetchedFrom) {}

    Received read(String text) throws RefusedException {
        Map<String, String> query = text.length() > LONGEST_LINK ? null : Form.queryOf(text.trim());
        if (query == null) {
            throw unreadable("expected a link with a request");
        }
        String clientId = query.get("client_id");
        if (clientId == null || clientId.isEmpty()) {
            throw unreadable("client_id: expected");
        }
        String byValue = query.get("request");
        String byReference = query.get("request_uri");
        if (byValue != null && byReference != null) {
            throw unreadable("expected request or request_uri, and not both");
        }
        if (byValue == null && byReference == null) {
            return new Received(clientId, unsigned(query), null, null);
        }
        String walletNonce = byReference != null && "post".equals(method(query)) ? RandomText.of(16) : null;
        String object = byReference == null ? String.valueOf(byValue) : fetched(byReference, walletNonce);
        return signed(clientId, object, byReference, walletNonce);
    }

    private static @Nullable String method(Map<String, String> query) throws RefusedException {
        String method = query.get("request_uri_method");
        if (method != null && !method.equals("get") && !method.equals("post")) {
            throw unreadable("request_uri_method: expected get or post");
        }
        return method;
    }

    /** Section 5.10: with a nonce of the wallet's own, so that the answer cannot be an old one. */
    private String fetched(String reference, @Nullable String walletNonce) throws RefusedException {
        URI uri = SafeUri.of(reference);
        if (uri == null) {
            throw unreadable("request_uri: expected an https address");
        }
        String accept = "application/" + REQUEST_OBJECT;
        HttpReply reply;
        if (walletNonce == null) {
            reply = exchange.get(uri, accept);
        } else {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("wallet_metadata", Json.write(walletMetadata()));
            form.put("wallet_nonce", walletNonce);
            reply = exchange.postForm(uri, form, Map.of("Accept", accept));
        }
        if (!reply.ok()) {
            // Section 5.10.2: any error ends it.
            throw new RefusedException(Reason.REQUEST_EXPIRED, "request_uri answered " + reply.status());
        }
        if (!reply.mediaType().equals(accept)) {
            throw unreadable("request_uri: expected " + accept);
        }
        return reply.body().trim();
    }

    private static Received signed(
            String clientId, String object, @Nullable String fetchedFrom, @Nullable String walletNonce)
            throws RefusedException {
        try {
            Jws jws = Jws.parse(object);
            if (!REQUEST_OBJECT.equals(jws.type().orElse(""))) {
                throw unreadable("typ: expected " + REQUEST_OBJECT);
            }
            Map<String, Object> claims = jws.claims();
            if (!Fields.of(claims).string("client_id").equals(clientId)) {
                throw new RefusedException(
                        Reason.CLIENT_NOT_PROVEN, "client_id: expected the same in the link and in the request object");
            }
            if (walletNonce != null && !walletNonce.equals(claims.get("wallet_nonce"))) {
                throw new RefusedException(Reason.WRONG_NONCE, "wallet_nonce: expected that of this wallet");
            }
            return new Received(clientId, claims, jws, fetchedFrom);
        } catch (JoseException | JsonException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> unsigned(Map<String, String> query) throws RefusedException {
        Map<String, Object> parameters = new LinkedHashMap<>(query);
        for (String name : JSON_IN_LINKS) {
            String json = query.get(name);
            if (json == null) {
                continue;
            }
            try {
                Object tree = Json.parse(json);
                if (tree != null) {
                    parameters.put(name, tree);
                }
            } catch (JsonException e) {
                throw unreadable(name + ": expected JSON");
            }
        }
        return parameters;
    }

    private static RefusedException unreadable(String detail) {
        return new RefusedException(Reason.REQUEST_UNREADABLE, detail);
    }

    /** What this wallet says of itself, section 10: the same for all wallets of this kind. */
    private Map<String, Object> walletMetadata() {
        Map<String, Object> sdJwt = new LinkedHashMap<>();
        sdJwt.put("sd-jwt_alg_values", suites.algorithms());
        sdJwt.put("kb-jwt_alg_values", suites.algorithms());
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<String, Object> mdoc =
                Map.of("issuerauth_alg_values", List.of(-7L, -9L), "deviceauth_alg_values", List.of(-7L));
        metadata.put("vp_formats_supported", Map.of("dc+sd-jwt", sdJwt, "mso_mdoc", mdoc));
        metadata.put("response_types_supported", List.of("vp_token"));
        metadata.put("response_modes_supported", List.of("direct_post", "direct_post.jwt"));
        metadata.put(
                "client_id_prefixes_supported",
                List.of("x509_hash", "x509_san_dns", "redirect_uri", "decentralized_identifier"));
        metadata.put("request_object_signing_alg_values_supported", List.of("ES256"));
        metadata.put("authorization_encryption_alg_values_supported", List.of("ECDH-ES"));
        metadata.put("authorization_encryption_enc_values_supported", List.of("A128GCM", "A256GCM"));
        return metadata;
    }
}
