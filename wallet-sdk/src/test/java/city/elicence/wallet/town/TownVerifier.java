package city.elicence.wallet.town;

import static city.elicence.wallet.town.TownServer.json;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.client.RandomText;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A verifier written from OpenID4VP 1.0. Its fields are its choices, and the tampers what a dishonest one would do. */
public final class TownVerifier implements AutoCloseable {
    public final TownServer server = new TownServer();
    public final Townsfolk party;
    public final SoftwareKey encryptionKey = SoftwareKey.generate();

    public String prefix = "x509_hash:";
    public boolean encrypts = true;
    public boolean signs = true;
    /** Asks for mobile documents; {@link #claims} are then elements of the ISO namespace. */
    public boolean mdoc;

    public List<String> x5c;
    public String type = "oauth-authz-req+jwt";
    public Consumer<Map<String, Object>> requestTamper = request -> {};
    public List<String> claims = List.of("family_name");
    public HttpReply answer = json(200, Map.of("redirect_uri", "https://bank.example/done#code=1"));

    public final List<Map<String, Object>> responses = new ArrayList<>();
    /** Which key signed: in the DID document, when the client identifier is a DID. */
    public String kid;

    private @Nullable String walletNonce;

    public TownVerifier(Townsfolk party) {
        this.party = party;
        this.x5c = party.chain().toX5c();
        this.kid = DidDocument.keyId(party.did(), party.key().publicKey());
        server.at("/response", this::receive);
        server.at("/request", this::serve);
    }

    public String clientId() {
        return switch (prefix) {
            case "x509_hash:" -> prefix + party.chain().sha256OfLeaf();
            case "x509_san_dns:" -> prefix + "localhost";
            case "redirect_uri:" -> prefix + responseUri();
            default -> prefix + party.did().value();
        };
    }

    public String responseUri() {
        return prefix.equals("x509_san_dns:")
                ? server.base().replace("127.0.0.1", "localhost") + "/response"
                : server.base() + "/response";
    }

    /** The link by which a wallet fetches the request; {@code post} asks it to send a nonce of its own. */
    public String link(boolean post) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId());
        query.put("request_uri", requestUri());
        if (post) {
            query.put("request_uri_method", "post");
        }
        return Form.append("openid4vp://", query);
    }

    /** The same request, in the link itself and signed by nobody. */
    public String unsignedLink() {
        Map<String, String> query = new LinkedHashMap<>();
        request().forEach((name, value) -> query.put(name, value instanceof String text ? text : Json.write(value)));
        return Form.append("openid4vp://", query);
    }

    private HttpReply serve(HttpCall call) {
        Map<String, String> form = Form.decode(String.valueOf(call.body()));
        walletNonce = form == null ? null : form.get("wallet_nonce");
        return TownServer.reply(200, "application/oauth-authz-req+jwt", signed(request()));
    }

    public String signed(Map<String, Object> request) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", type);
        if (!x5c.isEmpty()) {
            header.put("x5c", x5c);
        }
        header.put("kid", kid);
        String jws = Jws.sign(header, request, party.key());
        if (signs) {
            return jws;
        }
        int signature = jws.lastIndexOf('.') + 5;
        char other = jws.charAt(signature) == 'A' ? 'B' : 'A';
        return jws.substring(0, signature) + other + jws.substring(signature + 1);
    }

    public String requestUri() {
        return server.base() + "/request";
    }

    public Map<String, Object> request() {
        List<Object> asked = new ArrayList<>();
        for (String claim : claims) {
            asked.add(Map.of("path", mdoc ? List.of(TownIssuer.ISO, claim) : List.of((Object[]) claim.split("\\."))));
        }
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("id", "licence");
        question.put("format", mdoc ? "mso_mdoc" : "dc+sd-jwt");
        question.put(
                "meta", mdoc ? Map.of("doctype_value", TownIssuer.MDL) : Map.of("vct_values", List.of(TownIssuer.VCT)));
        if (!asked.isEmpty()) {
            question.put("claims", asked);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("client_id", clientId());
        request.put("response_type", "vp_token");
        request.put("response_mode", encrypts ? "direct_post.jwt" : "direct_post");
        request.put("response_uri", responseUri());
        request.put("nonce", RandomText.of(16));
        request.put("state", "state-1");
        request.put("aud", "https://self-issued.me/v2");
        request.put("dcql_query", new LinkedHashMap<>(Map.of("credentials", List.of(question))));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "vp_formats_supported",
                mdoc
                        ? Map.of("mso_mdoc", Map.of("issuerauth_alg_values", List.of(-7L)))
                        : Map.of(
                                "dc+sd-jwt",
                                Map.of("sd-jwt_alg_values", List.of("ES256"), "kb-jwt_alg_values", List.of("ES256"))));
        if (encrypts) {
            Map<String, Object> jwk = encryptionKey.publicKey().toJwk();
            jwk.put("kid", "enc-1");
            jwk.put("alg", "ECDH-ES");
            jwk.put("use", "enc");
            metadata.put("jwks", Map.of("keys", List.of(jwk)));
            metadata.put("encrypted_response_enc_values_supported", List.of("A128GCM", "A256GCM"));
        }
        request.put("client_metadata", metadata);
        if (walletNonce != null) {
            request.put("wallet_nonce", walletNonce);
        }
        requestTamper.accept(request);
        return request;
    }

    private HttpReply receive(HttpCall call) {
        Map<String, String> form = Form.decode(String.valueOf(call.body()));
        if (form == null) {
            return json(400, Map.of("error", "invalid_request"));
        }
        try {
            String jwe = form.get("response");
            Map<String, Object> response = new LinkedHashMap<>(form);
            if (jwe != null) {
                response = Jwe.decrypt(jwe, encryptionKey).claims();
            } else if (form.containsKey("vp_token")) {
                response.put("vp_token", Json.parseObject(String.valueOf(form.get("vp_token"))));
            }
            responses.add(response);
            return answer;
        } catch (JoseException | JsonException e) {
            return json(400, Map.of("error", "invalid_request"));
        }
    }

    /** The error of the last response, or nothing. */
    public String error() {
        return responses.isEmpty()
                ? ""
                : String.valueOf(responses.get(responses.size() - 1).getOrDefault("error", ""));
    }

    /** The one presentation of the last response. */
    public String presentation() {
        try {
            Fields token = Fields.of(responses.get(responses.size() - 1)).fields("vp_token");
            return token.strings("licence").get(0);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
